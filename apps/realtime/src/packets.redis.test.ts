import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { describePackets } from "./packets.contract.ts"
import { testNetwork } from "./test-network.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

let networks = 0
describePackets("two nodes, on Redis", (database, options) => {
  const { url, prefix } = redis
  return testNetwork(database, { ...options, nodes: 2, redis: { url, prefix: `${prefix}-${++networks}` } })
})

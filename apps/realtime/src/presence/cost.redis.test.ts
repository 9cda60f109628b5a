import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describePresenceCost } from "./cost.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

let networks = 0
describePresenceCost("two nodes, on Redis", async (database, cluster) => {
  const { url, prefix } = redis
  const own = { url, prefix: `${prefix}-${++networks}` }
  return { ...(await testNetwork(database, { nodes: 2, redis: own, config: { cluster } })), last: 1 }
})

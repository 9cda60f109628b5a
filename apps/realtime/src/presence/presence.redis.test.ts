import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describePresence, presenceTimes } from "./contract.ts"
import { describeStatus } from "./status.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describePresence("two nodes, on Redis", async (database) => ({
  ...(await testNetwork(database, { nodes: 2, redis, config: { cluster: presenceTimes } })),
  last: 1,
}))

describeStatus("two nodes, on Redis", async (database) => ({
  ...(await testNetwork(database, { nodes: 2, redis, config: { cluster: presenceTimes } })),
  last: 1,
}))

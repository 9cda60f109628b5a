import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "./test-network.ts"
import { describeConversations } from "./conversations.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describeConversations("two nodes on Redis", (database) =>
  testNetwork(database, {
    nodes: 2,
    redis,
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  }),
)

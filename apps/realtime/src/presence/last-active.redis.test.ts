import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describeLastActive, lastActiveTimes } from "./last-active.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describeLastActive("two nodes, on Redis", async (database, activeMs) => ({
  ...(await testNetwork(database, {
    nodes: 2,
    redis: { url: redis.url, prefix: `${redis.prefix}:${activeMs}` },
    config: { cluster: lastActiveTimes(activeMs) },
  })),
  last: 1,
}))

import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describePulling, pullingOptions } from "./contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describePulling("two nodes, on Redis", async (database) => ({
  ...(await testNetwork(database, {
    ...pullingOptions,
    nodes: 2,
    redis,
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })),
  last: 1,
}))

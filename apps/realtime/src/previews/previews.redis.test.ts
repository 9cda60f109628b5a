import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describePreviews } from "./contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describePreviews("two nodes on Redis", (database, fetcher) =>
  testNetwork(database, {
    nodes: 2,
    redis,
    config: { previews: { fetcher }, cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  }),
)

import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describeReceipts } from "./receipts.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describeReceipts(
  "two nodes on Redis",
  (database) =>
    testNetwork(database, {
      nodes: 2,
      redis,
      config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
    }),
  { last: 1 },
)

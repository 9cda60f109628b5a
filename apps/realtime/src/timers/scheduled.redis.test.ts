import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describeScheduled, scheduledKeys } from "./scheduled.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describeScheduled("two nodes on Redis", (database) =>
  testNetwork(database, {
    nodes: 2,
    redis,
    config: { bodyKeys: scheduledKeys, cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  }),
)

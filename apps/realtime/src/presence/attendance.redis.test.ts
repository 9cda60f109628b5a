import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { describeAttendance } from "./attendance.contract.ts"
import { lastActiveTimes } from "./last-active.contract.ts"

const RARELY = 3_600_000
let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describeAttendance("two nodes, on Redis", async (database) => ({
  ...(await testNetwork(database, {
    nodes: 2,
    redis: { url: redis.url, prefix: redis.prefix },
    config: { cluster: lastActiveTimes(RARELY) },
  })),
  last: 1,
}))

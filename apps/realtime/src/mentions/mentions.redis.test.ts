import { type TestDatabase, type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import type { Timings } from "../timings.ts"
import { testNetwork } from "../test-network.ts"
import { describeLiveMentions } from "./contract.ts"
import { describeMentionsInThreads } from "./in-threads.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

const open = (database: TestDatabase, timings?: Partial<Timings>) =>
  testNetwork(database, {
    nodes: 2,
    timings,
    redis,
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })

describeLiveMentions("two nodes on Redis", open)
describeMentionsInThreads("two nodes on Redis", (database) => open(database))

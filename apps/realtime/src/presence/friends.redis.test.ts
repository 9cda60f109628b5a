import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { testNetwork } from "../test-network.ts"
import { presenceTimes } from "./contract.ts"
import { describeFriends } from "./friends.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

describeFriends("two nodes, on Redis", async (database) => ({
  ...(await testNetwork(database, { nodes: 2, redis, config: { cluster: presenceTimes } })),
  last: 1,
}))

import { type TestDatabase, type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { presenceTimes } from "../presence/contract.ts"
import { testNetwork } from "../test-network.ts"
import { describeMemberLists } from "./contract.ts"
import { describeMemberSequence } from "./sequence.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

const open = async (database: TestDatabase) => ({
  ...(await testNetwork(database, { nodes: 2, redis, config: { cluster: presenceTimes } })),
  last: 1,
})
describeMemberLists("two nodes, on Redis", open)
describeMemberSequence("two nodes, on Redis", open)

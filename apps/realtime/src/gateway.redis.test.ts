import { type TestDatabase, type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { describeAudiences } from "./audiences.contract.ts"
import { describeGateway } from "./gateway.contract.ts"
import { describeResume } from "./resume.contract.ts"
import { testNetwork } from "./test-network.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

const open = (database: { url: string; db: TestDatabase["db"] }) =>
  testNetwork(database, {
    nodes: 2,
    redis,
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })

describeGateway("two nodes on Redis", open)
describeResume("two nodes on Redis", open)
describeAudiences("two nodes on Redis", open)

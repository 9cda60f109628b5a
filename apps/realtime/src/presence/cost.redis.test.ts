import { type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll } from "vitest"
import { patient } from "../shared-state/patient.ts"
import { createRedisState } from "../shared-state/redis.ts"
import { testNetwork } from "../test-network.ts"
import { describePresenceCost } from "./cost.contract.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

let networks = 0
describePresenceCost("two nodes, on Redis", async (database, cluster) => {
  const { url, prefix } = redis
  const own = { url, prefix: `${prefix}-${++networks}` }
  const sharedState = patient(createRedisState({ ...own, options: cluster?.sharedState }))
  try {
    const config = { cluster, parts: { sharedState } }
    const net = await testNetwork(database, { nodes: 2, redis: own, config })
    const dispose = async () => {
      await net[Symbol.asyncDispose]()
      await sharedState.close()
    }
    return { ...net, last: 1, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await sharedState.close()
    throw error
  }
})

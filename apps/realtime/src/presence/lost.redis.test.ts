import {
  makeGuild,
  makeUser,
  privateRedis,
  type RedisPart,
  type TestDatabase,
  testDatabase,
  type TestUser,
  waitUntil,
} from "@hearth/testing"
import { Redis } from "ioredis"
import { afterAll, beforeAll, expect, test } from "vitest"
import { patient } from "../shared-state/patient.ts"
import { createRedisState } from "../shared-state/redis.ts"
import { testNetwork } from "../test-network.ts"
import { sees, unhurriedTimes } from "./contract.ts"

let database: TestDatabase
let redis: RedisPart
let alice: TestUser
let bob: TestUser
beforeAll(async () => {
  database = await testDatabase()
  redis = await privateRedis()
  ;[alice, bob] = [await makeUser(database.db, "alice"), await makeUser(database.db, "bob")]
  await makeGuild(database.db, alice, [bob])
})
afterAll(async () => {
  await redis?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

/** Its first try to register is its only one for an hour: it succeeds. */
const openNode = async (prefix: string) => {
  const sharedState = patient(createRedisState({ url: redis.url, prefix, options: unhurriedTimes?.sharedState }))
  const own = { url: redis.url, prefix }
  const net = await testNetwork(database, { redis: own, config: { cluster: unhurriedTimes, parts: { sharedState } } })
  const dispose = async () => {
    await net[Symbol.asyncDispose]()
    await sharedState.close()
  }
  return { ...net, [Symbol.asyncDispose]: dispose }
}

test("[P11, P12] Redis has lost everything: nobody is seen to leave, they are unknown until their node has said so anew", async () => {
  await using here = await openNode("lost")
  await using there = await openNode("lost")
  const a = await here.connect(alice)
  const b = await there.connect(bob)
  const watch = async () => (await a.command("presence:watch", { userIds: [bob.id] })).presences[bob.id]
  await waitUntil("bob to be online", async () => (await watch()) === "online")

  const emptier = new Redis(redis.url)
  await emptier.flushall()
  await emptier.quit()
  // The first look finds out that the node itself is not registered any more; by the next ones it is, and the other is not.
  for (let look = 0; look < 5; look++) expect(await watch()).toBe("unknown")
  await b.command("presence:set", { presence: "dnd" })
  await sees(a, bob, "dnd")
  const told = a.heard.flatMap((h) => (h.event === "presence:changed" ? [h.payload.presences[bob.id]] : []))
  expect(told).not.toContain("offline")
})

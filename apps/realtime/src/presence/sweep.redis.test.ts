import { randomUUID } from "node:crypto"
import { joinGuild, makeGuild, makeUser, testDatabase, testRedis, waitUntil } from "@hearth/testing"
import { expect, test } from "vitest"
import { createRedisState } from "../shared-state/redis.ts"
import { testNetwork } from "../test-network.ts"
import { presenceTimes, sees } from "./contract.ts"

test("[P11] a change whose bell nobody heard is seen all the same, whomever of many it was", async () => {
  await using database = await testDatabase()
  await using redis = await testRedis()
  const { db } = database
  const alice = await makeUser(db, "alice")
  const guild = await makeGuild(db, alice, [])
  // More than one in each part of a sweep.
  const many = []
  for (let i = 0; i < 40; i++) {
    const user = await makeUser(db, `one-of-many-${i}`)
    await joinGuild(db, guild.id, user)
    many.push(user)
  }
  const { presence } = presenceTimes?.viewport ?? {}
  const cluster = { ...presenceTimes, viewport: { presence: { ...presence, sweepMs: 600 } } }
  await using net = await testNetwork(database, { redis, config: { cluster } })
  const a = await net.connect(alice)
  const { presences } = await a.command("presence:watch", { userIds: many.map(({ id }) => id) })
  expect(new Set(Object.values(presences))).toEqual(new Set(["offline"]))

  // A node that says how people are, and rings for nobody.
  const silent = createRedisState({
    url: redis.url,
    prefix: redis.prefix,
    options: { presenceTtlMs: 3_600_000 },
  })
  const node = { id: "silent", epoch: randomUUID(), address: "http://127.0.0.1:1" }
  const registered = () =>
    silent.register(node).then(
      () => true,
      () => false,
    )
  try {
    await waitUntil("Redis to know the silent node", registered)
    for (const { id } of many) await silent.setPresence(node, id, "online")
    for (const user of many) await sees(a, user, "online")
  } finally {
    await silent.close()
  }
})

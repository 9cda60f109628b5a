import { makeGuild, makeUser, type TestDatabase, testDatabase, waitUntil } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { presenceTimes } from "../presence/contract.ts"
import { testNetwork } from "../test-network.ts"
import { describeMemberLists } from "./contract.ts"
import { memberListDefaults } from "./member-lists.ts"
import { describeMemberSequence } from "./sequence.contract.ts"

const open = async (database: TestDatabase) => ({
  ...(await testNetwork(database, { config: { cluster: presenceTimes } })),
  last: 0,
})
describeMemberLists("one node, in memory", open)
describeMemberSequence("one node, in memory", open)

test("the real figures: one push a second", () => {
  expect(memberListDefaults.pushMs).toBe(1_000)
})

test("an answer does not wait for a list that takes long to read: the slices follow, also after a failure", async () => {
  await using database = await testDatabase()
  const { db } = database
  const alice = await makeUser(db, "alice")
  const guild = await makeGuild(db, alice, [await makeUser(db, "bob")])
  const viewport = { ...presenceTimes?.viewport, members: { pushMs: 50, gatherMs: 10, patienceMs: 50, retryMs: 50 } }
  await using net = await testNetwork(database, { config: { cluster: { ...presenceTimes, viewport } } })
  const client = await net.connect(alice)
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  // Nobody reads roles meanwhile, which is what a list begins with.
  const holding = db.transaction(async (tx) => {
    await tx.execute(sql`lock table roles in access exclusive mode`)
    locked.resolve()
    await held.promise
  })
  await locked.promise
  expect(await client.command("members:watch", { guildId: guild.id, ranges: [[0, 50]] })).toEqual({ slices: [] })
  // Whoever waits for that lock is sent away: the list is read again.
  await waitUntil("somebody to wait for the lock", async () => {
    const { rows } = await db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%"roles"%'`)
    return rows.length > 0
  })
  held.resolve()
  await holding
  const { slices } = await client.hears("members:changed")
  expect(slices[0]?.rows.map((row) => row.user.displayName)).toEqual(["alice", "bob"])
})

test("a server of several pages is read whole, in the order of names and not of what the database calls an order", async () => {
  await using database = await testDatabase()
  const { db } = database
  const alice = await makeUser(db, "alice")
  const guild = await makeGuild(db, alice, [])
  await db.execute(sql`
    insert into users (id, email, display_name, password_hash)
      select n, 'm' || n, 'Émile ' || n, 'none' from generate_series(1000, 4499) n`)
  await db.execute(sql`
    insert into members (guild_id, user_id, sort_name)
      select ${guild.id}::bigint, n, 'émile ' || n from generate_series(1000, 4499) n`)
  await db.execute(sql`
    update members set sort_name = 'zoe' where guild_id = ${guild.id}::bigint and user_id = 4499`)
  await using net = await testNetwork(database, { config: { cluster: presenceTimes } })
  const client = await net.connect(alice)
  const ranges: [number, number][] = [
    [0, 3],
    [1_000, 2],
    [3_498, 100],
  ]
  const slices = await waitUntil("all to be there", async () => {
    const answer = (await client.command("members:watch", { guildId: guild.id, ranges })).slices
    return answer.length > 0 && answer
  })
  expect(slices.map(({ total }) => total)).toEqual([3_501, 3_501, 3_501])
  expect(slices.map(({ rows }) => rows.map((row) => row.user.displayName))).toEqual([
    ["alice", "Émile 1000", "Émile 1001"],
    ["Émile 1999", "Émile 2000"],
    // By a plain comparison of letters, all of the others would come after her.
    ["Émile 4497", "Émile 4498", "Émile 4499"],
  ])
  expect(slices[2]?.rows.at(-1)?.user.id).toBe("4499")
})

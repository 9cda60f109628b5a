import { outboxHead } from "@hearth/db"
import { makeChannel, makeGuild, makeUser, testDatabase } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { describeResume } from "./resume.contract.ts"
import { testNetwork } from "./test-network.ts"

describeResume("embedded", (database) => testNetwork(database))

test("a resume that fails does not take the socket out of a room that another one opened", async () => {
  await using database = await testDatabase()
  const alice = await makeUser(database.db, "alice")
  const guild = await makeGuild(database.db, alice, [])
  const { id: channelId } = await makeChannel(database.db, guild, "twice")
  await using net = await testNetwork(database, { timings: { resumePart: 300 } })
  let parts = 0
  const client = await net.connect(alice, { leaveUnanswered: () => ++parts === 1 })
  const resume = () => client.command("channel:resume", { channels: [{ channelId, span: null, marks: {} }] })
  const [first, second] = await Promise.all([resume(), resume()])
  expect(first.channels).toEqual([{ channelId, ok: false, code: "UNAVAILABLE" }])
  expect(second.channels).toEqual([{ channelId, ok: true }])
  await client.send(channelId, "still here")
  await client.hears("channel:changed", (packets) => packets.some((p) => p.items[0]?.content === "still here"))
})

test("one more channel than a connection may have open is refused, and opens once another is closed [5.12]", async () => {
  await using database = await testDatabase()
  const alice = await makeUser(database.db, "alice")
  const guild = await makeGuild(database.db, alice, [], ["a", "b", "c"])
  const [a = "", b = "", c = ""] = Object.values(guild.channels)
  await using net = await testNetwork(database, { sizes: { openChannels: 2 } })
  const client = await net.connect(alice)
  const resume = async (...ids: string[]) =>
    (
      await client.command("channel:resume", {
        channels: ids.map((channelId) => ({ channelId, span: null, marks: {} })),
      })
    ).channels
  expect(await resume(a, b, c)).toEqual([
    { channelId: a, ok: true },
    { channelId: b, ok: true },
    { channelId: c, ok: false, code: "TOO_MANY" },
  ])
  expect(await resume(a)).toEqual([{ channelId: a, ok: true }])
  await client.command("channel:close", { channelId: a })
  expect(await resume(c)).toEqual([{ channelId: c, ok: true }])
})

test("a position that is very many changes old is answered with a reset, not with all of them", async () => {
  await using database = await testDatabase()
  const { db } = database
  const alice = await makeUser(db, "alice")
  const changes = (n: number) =>
    db.execute(sql`
      insert into outbox (pos, kind, audience, payload)
      select nextval('outbox_pos'), 'user:updated', 'presence:1', '{"id":"1","displayName":"x"}' from generate_series(1, ${n}::int)`)
  await changes(1)
  const old = await outboxHead(db)
  await changes(9_000)
  const later = await outboxHead(db)
  await changes(2_000)
  // A node that starts now has none of them in memory.
  await using net = await testNetwork(database)
  expect((await net.connect(alice, { pos: later })).ready.reset).toBe(false)
  expect((await net.connect(alice, { pos: old })).ready.reset).toBe(true)
})

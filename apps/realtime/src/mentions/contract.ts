import { userRoom } from "@hearth/core"
import { addToOutbox, deriveKey, schema, transact } from "@hearth/db"
import { type MessageStore, openPostgresStore } from "@hearth/db/message-store"
import {
  makeAdminRole,
  makeChannel,
  makeGuild,
  makeUser,
  refusal,
  setRoles,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { and, eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { TEST_SECRET, type TestNetwork } from "../test-network.ts"
import type { Timings } from "../timings.ts"

const openStore = (url: string): MessageStore & AsyncDisposable => {
  const store = openPostgresStore({ url, macKey: deriveKey(TEST_SECRET, "body-mac"), max: 1 })
  return { ...store, [Symbol.asyncDispose]: () => store.close() }
}

/** How what addresses people reaches them, on one node and on several. */
export const describeLiveMentions = (
  name: string,
  open: (database: TestDatabase, timings?: Partial<Timings>) => Promise<TestNetwork>,
) => {
  describe(`mentions as they are heard, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let alice: TestUser
    let bob: TestUser
    let guild: TestGuild
    let general: string

    beforeAll(async () => {
      database = await testDatabase()
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
      guild = await makeGuild(db, alice, [bob], ["general", "other"])
      general = guild.channels.general ?? ""
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    const unreadOf = async (client: TestClient) => (await client.hears("mention:unread", ({ all }) => all)).mentions

    test("who is named hears it at once on every device without looking, and finds it when they come back", async () => {
      const a = await net.connect(alice)
      const devices = [await net.connect(bob), await net.connect(bob)]
      const { seq } = await a.send(general, `hello <@${bob.id}>`)
      for (const device of devices)
        expect(await device.hears("mention:added")).toEqual({
          channelId: general,
          seq,
          kind: "user",
          authorId: alice.id,
          targetId: bob.id,
        })
      expect(a.heard.map((h) => h.event)).not.toContain("mention:added")
      expect(await unreadOf(await net.connect(bob))).toEqual({ [general]: [seq] })
    })

    test("an answer addresses the author of what it answers; a read mark takes it away, and a mark set back brings it again", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const elsewhere = await net.connect(bob)
      const { seq } = await b.send(general, "who is there?")
      await a.command("message:send", { channelId: general, content: "me", nonce: "n".repeat(20), replyTo: seq })
      expect(await elsewhere.hears("mention:added")).toMatchObject({ kind: "reply", seq: 2, targetId: bob.id })
      await b.command("read:mark", { channelId: general, seq: 2 })
      await elsewhere.hears("read:marked")
      expect(await unreadOf(await net.connect(bob))).toEqual({})
      await b.command("read:mark", { channelId: general, seq: 1, unread: true })
      expect(await elsewhere.hears("mention:unread", ({ all }) => !all)).toEqual({
        mentions: { [general]: [2] },
        all: false,
      })
      expect(await unreadOf(await net.connect(bob))).toEqual({ [general]: [2] })
    })

    test("everything is read with one command, of a server or of all, and the other devices hear it", async () => {
      const [a, b, elsewhere] = [await net.connect(alice), await net.connect(bob), await net.connect(bob)]
      const second = await makeGuild(database.db, alice, [bob], ["there"])
      const there = second.channels.there ?? ""
      await b.hears("guild:added")
      await a.hears("guild:added")
      for (const channelId of [general, guild.channels.other ?? "", there]) {
        const { seq } = await a.send(channelId, `<@${bob.id}>`)
        await b.hears("mention:added", (m) => m.channelId === channelId)
        await b.hears("channel:activity", ({ heads }) => heads[channelId] === seq)
      }
      expect(await b.command("read:all", { guildId: guild.id })).toEqual({ channels: 2 })
      const { readStates } = await elsewhere.hears("reads:marked")
      expect(new Set(readStates.map((r) => r.channelId))).toEqual(new Set(Object.values(guild.channels)))
      expect(await unreadOf(await net.connect(bob))).toEqual({ [there]: [1] })
      expect(await b.command("read:all", { guildId: null })).toEqual({ channels: 1 })
      expect(await b.command("read:all", { guildId: null })).toEqual({ channels: 0 })
      expect(await unreadOf(await net.connect(bob))).toEqual({})
      expect((await refusal(b.command("read:all", { guildId: general }))).code).toBe("UNKNOWN_GUILD")
    })

    test("a keyword reaches who asked for it at once, on every device, and who comes later; nobody hears of it elsewhere", async () => {
      // Without the sweep, which would find it as well: on each node the words follow the outbox.
      await net[Symbol.asyncDispose]()
      net = await open(database, { mentionsSweep: 3_600_000 })
      const [a, b, elsewhere] = [await net.connect(alice), await net.connect(bob), await net.connect(bob)]
      const secret = (await makeChannel(database.db, guild, "secret", [alice.id])).id
      await a.hears("channel:added")
      // Its words are read before anybody asks for one.
      const said = [(await a.send(general, "the kiln")).seq]
      await a.send(secret, "the kiln")
      await transact(database.db, async (tx) => {
        const since = new Date(Date.now() - 60_000)
        await tx.insert(schema.alerts).values({ userId: bob.id, folded: "kiln", word: "Kiln", anchor: "kiln", since })
        addToOutbox(tx, userRoom(bob.id), "alerts:changed", { count: 1 }, { userId: bob.id })
      })
      // Each node hears of that in its own time: it is said again until somebody is told.
      await waitUntil("a keyword to be heard", async () => {
        await a.send(secret, "the KILN")
        said.push((await a.send(general, "the KILN")).seq)
        return b.heard.some((h) => h.event === "mention:added")
      })
      const { seq, ...told } = await elsewhere.hears("mention:added")
      expect(told).toEqual({ channelId: general, kind: "keyword", authorId: alice.id, targetId: bob.id })
      expect(said).toContain(seq)
      await b.send(general, "my own kiln")
      await a.send(general, "kilns and skiln")
      const last = await a.send(general, `<@${bob.id}>`)
      await elsewhere.hears("mention:added", (m) => m.seq === last.seq)
      expect(await unreadOf(await net.connect(bob))).toEqual({ [general]: [...said, last.seq].slice(-100) })
      expect(a.heard.map((h) => h.event)).not.toContain("mention:added")
    })

    test("[5.20] what is deleted is told to who does not look, and to who comes back, while they may view it", async () => {
      const [a, b, b2] = [await net.connect(alice), await net.connect(bob), await net.connect(bob)]
      const stranger = await net.connect(await makeUser(database.db, "mallory"))
      const secret = (await makeChannel(database.db, guild, "secret", [alice.id])).id
      await a.hears("channel:added")
      await a.send(secret, "between us")
      await a.command("message:delete", { channelId: secret, seq: 1 })
      for (const text of ["one", "two"]) await a.send(general, text)
      await a.command("message:delete", { channelId: general, seq: 2 })
      await a.hears("channel:activity", ({ deleted }) => deleted?.[secret] !== undefined)
      for (const device of [b, b2])
        expect((await device.hears("channel:activity", ({ deleted }) => deleted !== undefined)).deleted).toEqual({
          [general]: [2],
        })
      const unread = async () => {
        const c = await net.connect(bob)
        return (await c.hears("mention:unread", ({ all }) => all)).deleted
      }
      expect(await unread()).toEqual({ [general]: [2] })
      await b.command("read:mark", { channelId: general, seq: 2 })
      expect(await unread()).toBeUndefined()
      await b.command("read:mark", { channelId: general, seq: 1, unread: true })
      expect(await b2.hears("mention:unread", ({ all }) => !all)).toEqual({
        mentions: { [general]: [] },
        all: false,
        deleted: { [general]: [2] },
      })
      const told = JSON.stringify([b, b2].map((c) => c.heard))
      expect(told).not.toContain(secret)
      expect(JSON.stringify(stranger.heard)).not.toContain(general)
    })

    test("a delete of what was said long ago takes its mention, too", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const { seq } = await a.send(general, `<@${bob.id}>`)
      await using store = openStore(database.url)
      for (let batch = 0; batch < 9; batch++)
        await store.append(
          general,
          Array.from({ length: 60 }, (_, i) => ({
            authorId: alice.id,
            nonce: `nonce-of-${batch}-${i}`.padEnd(20, "0"),
            content: "more",
            replyTo: null,
          })),
        )
      // Once this one is told the consumer has read all before it.
      const last = await a.send(general, `<@${bob.id}>`)
      await b.hears("mention:added", (m) => m.seq === last.seq)
      await a.command("message:delete", { channelId: general, seq })
      expect(await b.hears("mention:removed")).toEqual({ channelId: general, seq, targetId: bob.id })
      expect((await b.hears("channel:activity", ({ deleted }) => deleted !== undefined)).deleted).toEqual({
        [general]: [seq],
      })
    })

    test("a role reaches who has it, on any node, as one row", async () => {
      const role = await makeAdminRole(database.db, guild.id)
      await setRoles(database.db, guild.id, bob.id, [role])
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const { seq } = await a.send(general, `<@&${role}>`)
      expect(await b.hears("mention:added")).toMatchObject({ kind: "role", targetId: role, seq })
      expect(await unreadOf(await net.connect(bob))).toEqual({ [general]: [seq] })
      const rows = await database.db.select().from(schema.mentions).where(eq(schema.mentions.targetId, role))
      expect(rows).toHaveLength(1)
    })

    test("nothing counts in a channel that one may no longer view, and nothing of it is heard", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const secret = (await makeChannel(database.db, guild, "secret", [alice.id, bob.id])).id
      await a.hears("channel:added")
      await b.hears("channel:added")
      const { seq } = await a.send(secret, `<@${bob.id}>`)
      await b.hears("mention:added")
      expect(await unreadOf(await net.connect(bob))).toEqual({ [secret]: [seq] })
      await database.db
        .delete(schema.channelOverwrites)
        .where(and(eq(schema.channelOverwrites.channelId, secret), eq(schema.channelOverwrites.targetId, bob.id)))
      // A node that knows the guild only from now on, as after a start.
      await using later = await open(database)
      expect(await unreadOf(await later.connect(bob))).toEqual({})
      await a.command("message:edit", { channelId: secret, seq, version: 1, content: "nobody" })
      const { db } = database
      await expect
        .poll(() => db.$count(schema.mentions, eq(schema.mentions.channelId, secret)), { timeout: 10_000 })
        .toBe(0)
      // What is heard later comes after what would have been heard of it.
      await a.send(general, `<@${bob.id}>`)
      await b.hears("mention:added", (m) => m.channelId === general)
      expect(b.heard.map((h) => h.event)).not.toContain("mention:removed")
    })

    test("what a node that died had not read yet, another one finds", async () => {
      const b = await net.connect(bob)
      // Behind the gateway's back: nobody is woken, as when a node dies between the append and its consumer.
      await using store = openStore(database.url)
      await store.append(general, [
        { authorId: alice.id, nonce: "n".repeat(20), content: `<@${bob.id}>`, replyTo: null },
      ])
      expect(await b.hears("mention:added")).toMatchObject({ seq: 1, targetId: bob.id })
    })
  })
}

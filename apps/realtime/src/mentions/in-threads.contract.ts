import { newSnowflake, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import {
  makeAdminRole,
  makeChannel,
  makeGuild,
  makeUser,
  setRoles,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
} from "@hearth/testing"
import { and, eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"

/** What addresses people in threads reaches them as it does in channels, on one node and on several. */
export const describeMentionsInThreads = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`[5.23] mentions in threads, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let alice: TestUser
    let bob: TestUser
    let guild: TestGuild
    let general: Snowflake

    beforeAll(async () => {
      database = await testDatabase()
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
      guild = await makeGuild(db, alice, [bob])
      general = guild.channels.general ?? ""
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    const begin = async (a: TestClient, channelId: Snowflake): Promise<Snowflake> => {
      const { seq } = await a.send(channelId, "a question")
      const id = newSnowflake()
      await transact(database.db, async (tx) => {
        await tx.insert(schema.channels).values({ id, guildId: guild.id, parentId: channelId, name: "", position: 0 })
        await tx.insert(schema.channelHeads).values({ channelId: id })
        await tx.insert(schema.threads).values({ id, channelId, seq, startedBy: alice.id, lastAt: new Date() })
      })
      return id
    }
    const unreadOf = async (client: TestClient) => {
      const { all: _, ...unread } = await client.hears("mention:unread", ({ all }) => all)
      return unread
    }
    const follows = (threadId: Snowflake, more: { muted?: boolean; told?: number }) =>
      database.db.insert(schema.threadFollowers).values({ userId: bob.id, threadId, ...more })

    test("who is named hears it at once on every device, and later from the snapshot, until it is read there", async () => {
      const [a, b, elsewhere] = [await net.connect(alice), await net.connect(bob), await net.connect(bob)]
      const thread = await begin(a, general)
      const { seq } = await a.send(thread, `<@${bob.id}>`)
      const told = { channelId: thread, seq, kind: "user", authorId: alice.id, targetId: bob.id, parentId: general }
      for (const device of [b, elsewhere]) expect(await device.hears("mention:added")).toEqual(told)
      expect(await unreadOf(await net.connect(bob))).toEqual({
        mentions: { [thread]: [seq] },
        parents: { [thread]: general },
      })
      await b.command("read:mark", { channelId: thread, seq })
      await elsewhere.hears("read:marked", (m) => m.channelId === thread && m.lastReadSeq === seq)
      expect(await unreadOf(await net.connect(bob))).toEqual({ mentions: {} })
      await b.command("read:mark", { channelId: thread, seq: seq - 1, unread: true })
      expect(await elsewhere.hears("mention:unread", ({ all }) => !all)).toEqual({
        mentions: { [thread]: [seq] },
        parents: { [thread]: general },
        all: false,
      })
    })

    test("who was told already that it has something new, and who muted it, hears what names them", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const [told, muted] = [await begin(a, general), await begin(a, general)]
      await follows(told, { told: 5 })
      await follows(muted, { muted: true })
      for (const thread of [told, muted]) {
        await a.send(thread, `<@${bob.id}>`)
        expect(await b.hears("mention:added", (m) => m.channelId === thread)).toMatchObject({ parentId: general })
      }
      // What was written before it would have been heard before it.
      const { id } = await makeChannel(database.db, guild, "later")
      await b.hears("channel:added", (c) => c.id === id)
      expect(b.heard.map((h) => h.event)).not.toContain("thread:unread")
    })

    test("a role and everybody are called there, too, and all is read with one command by who does not follow it", async () => {
      const role = await makeAdminRole(database.db, guild.id)
      await setRoles(database.db, guild.id, bob.id, [role])
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const thread = await begin(a, general)
      await a.send(thread, `<@&${role}>`)
      await a.send(thread, "@everyone")
      expect(await b.hears("mention:added", (m) => m.seq === 1)).toMatchObject({ kind: "role", parentId: general })
      expect(await b.hears("mention:added", (m) => m.seq === 2)).toMatchObject({ kind: "everyone", parentId: general })
      expect(await unreadOf(await net.connect(bob))).toMatchObject({ mentions: { [thread]: [1, 2] } })
      await b.command("read:all", { guildId: guild.id })
      await b.hears("reads:marked", ({ readStates }) =>
        readStates.some((m) => m.channelId === thread && m.lastReadSeq === 2),
      )
      expect(await unreadOf(await net.connect(bob))).toEqual({ mentions: {} })
    })

    test("an edit and a delete take it away", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const thread = await begin(a, general)
      for (const seq of [1, 2]) {
        await a.send(thread, `<@${bob.id}>`)
        await b.hears("mention:added", (m) => m.seq === seq)
      }
      await a.command("message:edit", { channelId: thread, seq: 1, version: 1, content: "nobody" })
      await b.hears("mention:removed", (m) => m.seq === 1)
      await a.command("message:delete", { channelId: thread, seq: 2 })
      expect(await b.hears("mention:removed", (m) => m.seq === 2)).toEqual({
        channelId: thread,
        seq: 2,
        targetId: bob.id,
      })
      expect(await unreadOf(await net.connect(bob))).toEqual({ mentions: {} })
    })

    test("who may not view its channel hears nothing, and who may no longer has nothing unread there", async () => {
      const { db } = database
      const hidden = (await makeChannel(db, guild, "hidden", [alice.id])).id
      const secret = (await makeChannel(db, guild, "secret", [alice.id, bob.id])).id
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const [never, once] = [await begin(a, hidden), await begin(a, secret)]
      await a.send(never, `<@${bob.id}> @everyone`)
      await a.send(once, `<@${bob.id}>`)
      await b.hears("mention:added", (m) => m.channelId === once)
      expect(await unreadOf(await net.connect(bob))).toMatchObject({ mentions: { [once]: [1] } })
      await transact(db, async (tx) => {
        const { channelId, targetId } = schema.channelOverwrites
        await tx.delete(schema.channelOverwrites).where(and(eq(channelId, secret), eq(targetId, bob.id)))
        const gone = { guildId: guild.id, channelId: secret }
        addToOutbox(tx, userRoom(bob.id), "channel:removed", gone, { ...gone, userId: bob.id })
      })
      await b.hears("channel:removed")
      await a.send(once, `<@${bob.id}> @everyone`)
      await expect
        .poll(() => db.$count(schema.mentions, eq(schema.mentions.channelId, never)), { timeout: 30_000 })
        .toBe(1)
      await expect
        .poll(() => db.$count(schema.mentions, eq(schema.mentions.channelId, once)), { timeout: 30_000 })
        .toBe(2)
      // What is heard after that comes after what would have been heard of it.
      await a.send(general, `<@${bob.id}>`)
      await b.hears("mention:added", (m) => m.channelId === general)
      expect(JSON.stringify(b.heard)).not.toContain(never)
      expect(b.heard.filter((h) => h.event === "mention:added")).toHaveLength(2)
      await using later = await open(database)
      expect(await unreadOf(await later.connect(bob))).toEqual({ mentions: { [general]: [1] } })
    })
  })
}

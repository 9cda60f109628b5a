import { bits, guildRoom, newSnowflake, type Snowflake } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { loadChannel } from "@hearth/db/access"
import {
  makeConversation,
  makeGuild,
  makeUser,
  refusal,
  takeOutOf,
  type TestClient,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { and, eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "./test-network.ts"

/** Conversations through the gateway, on one node and on several. */
export const describeConversations = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`conversations, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let alice: TestUser
    let bob: TestUser
    let cleo: TestUser
    let mallory: TestUser

    beforeAll(async () => {
      database = await testDatabase()
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, cleo, mallory] = [
        await makeUser(db, "alice"),
        await makeUser(db, "bob"),
        await makeUser(db, "cleo"),
        await makeUser(db, "mallory"),
      ]
      await makeGuild(db, alice, [bob, cleo, mallory])
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    /** Everything that was told before has reached these. */
    const settled = async (...clients: TestClient[]): Promise<void> => {
      const marker = `marker ${newSnowflake()}`
      await transact(database.db, async (tx) => addToOutbox(tx, "everyone", "instance:updated", { name: marker }))
      await Promise.all(clients.map((c) => c.hears("instance:updated", (payload) => payload.name === marker)))
    }
    /** A conversation that every client's node knows. */
    const begun = async (people: TestUser[], ...clients: TestClient[]): Promise<Snowflake> => {
      const id = await makeConversation(database.db, people)
      await settled(...clients)
      return id
    }

    test("what is written first brings it to the other at once, on all devices, as something that addresses them", async () => {
      const a = await net.connect(alice)
      const devices = [await net.connect(bob), await net.connect(bob)]
      const id = await begun([alice, bob], a, ...devices)
      const { seq } = await a.send(id, "hello")
      for (const device of devices) {
        const added = await device.hears("conversation:added")
        expect(added).toMatchObject({ head: seq, lastReadSeq: 0, mentions: [seq] })
        expect(added.snapshot).toMatchObject({
          guild: { id },
          channels: [{ id }],
          conversation: { kind: "direct", count: 2, muted: false, people: [{ id: alice.id }] },
        })
      }
      const { seq: next } = await a.send(id, "and again")
      for (const device of devices)
        expect(await device.hears("mention:added", (m) => m.seq === next)).toEqual({
          channelId: id,
          seq: next,
          kind: "direct",
          authorId: alice.id,
          targetId: id,
        })
      // It comes into a list once.
      await settled(...devices)
      for (const device of devices) expect(device.heard.filter((h) => h.event === "conversation:added")).toHaveLength(1)
      const back = await net.connect(bob)
      expect(back.ready.conversationIds).toEqual([id])
      expect(back.ready.channelIds).not.toContain(id)
      expect(await back.hears("mention:unread", ({ all }) => all)).toEqual({
        mentions: { [id]: [seq, next] },
        all: true,
      })
      await devices[0]?.command("read:mark", { channelId: id, seq: next })
      await devices[1]?.hears("read:marked", (m) => m.channelId === id && m.lastReadSeq === next)
      const later = await net.connect(bob)
      expect(await later.hears("mention:unread", ({ all }) => all)).toEqual({ mentions: {}, all: true })
    })

    test("it is a channel like any other: order, answers, edits, reactions, typing, and a resume of what was missed", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const id = await begun([alice, bob], a, b)
      await b.open(id)
      for (let i = 1; i <= 3; i++) await a.send(id, `message ${i}`)
      for (let i = 1; i <= 3; i++) expect(await b.nextMessage(id)).toMatchObject({ seq: i, content: `message ${i}` })
      await a.command("typing:start", { channelId: id })
      await b.hears("typing:started", (t) => t.channelId === id && t.userId === alice.id)
      const views = new Map([[id, b.view(id)]])
      b.close()
      await a.send(id, "while away")
      await a.command("message:edit", { channelId: id, seq: 1, version: 1, content: "the first" })
      await a.command("message:delete", { channelId: id, seq: 2 })
      const back = await net.connect(bob, { views })
      await back.open(id)
      expect(back.view(id).messages.map((m) => (m.deleted ? null : m.content))).toEqual([
        "the first",
        null,
        "message 3",
        "while away",
      ])
      await back.command("message:react", { channelId: id, seq: 3, emoji: "👍", on: true })
      await a.open(id)
      await waitUntil("the reaction", () => a.view(id).messages.find((m) => m.seq === 3)?.reactions["👍"] === 1)
      for (const work of [
        () => back.command("message:edit", { channelId: id, seq: 1, version: 2, content: "mine" }),
        () => back.command("message:delete", { channelId: id, seq: 1 }),
      ])
        expect((await refusal(work())).code).toBe("FORBIDDEN")
    })

    test("who is not in it learns nothing of it, and it is to them as if it were not there", async () => {
      const [a, b, m] = [await net.connect(alice), await net.connect(bob), await net.connect(mallory)]
      const id = await begun([alice, bob], a, b, m)
      await b.open(id)
      const { seq } = await a.send(id, `a secret <@${mallory.id}>`)
      await b.nextMessage(id)
      const unknown = newSnowflake()
      const asks = [
        (channelId: Snowflake) => m.open(channelId),
        (channelId: Snowflake) => m.send(channelId, "hello?"),
        (channelId: Snowflake) => m.command("typing:start", { channelId }),
        (channelId: Snowflake) => m.command("read:mark", { channelId, seq }),
        (channelId: Snowflake) => m.command("message:react", { channelId, seq, emoji: "👍", on: true }),
        (channelId: Snowflake) => m.command("message:delete", { channelId, seq }),
        (channelId: Snowflake) => m.command("read:all", { guildId: channelId }),
        (channelId: Snowflake) => m.command("members:watch", { guildId: channelId, ranges: [[0, 50]] }),
      ]
      for (const ask of asks) {
        const [one, other] = [await refusal(ask(id)), await refusal(ask(unknown))]
        expect([one.code, one.message]).toEqual([other.code, other.message])
      }
      // A digest and a mention have been by then: bob's other device heard both.
      const other = await net.connect(bob)
      await a.send(id, "another")
      await other.hears("mention:added", (h) => h.channelId === id)
      await settled(a, b, m)
      expect(JSON.stringify(m.heard)).not.toContain(id)
      const back = await net.connect(mallory)
      await settled(back)
      expect(JSON.stringify(back.heard)).not.toContain(id)
    })

    test("[P5] who has not let in who wrote shows to nobody there that they are here, or that they read it", async () => {
      const { db } = database
      const [a, b, c] = [await net.connect(alice), await net.connect(bob), await net.connect(cleo)]
      const id = await begun([alice, bob, cleo], a, b, c)
      const of = schema.conversationMembers
      const bobs = and(eq(of.conversationId, id), eq(of.userId, bob.id))
      await db.update(of).set({ request: "pending" }).where(bobs)
      const groups = async () => {
        const { slices } = await a.command("members:watch", { guildId: id, ranges: [[0, 50]] })
        return slices[0]?.groups.map(({ key, count }) => `${key} ${count}`).join()
      }
      await waitUntil("the others to be here", async () => (await groups()) === "online 2,offline 1")
      await a.open(id)
      await b.open(id)
      // What comes after it on the same path is heard.
      const channelId = a.ready.channelIds[0] ?? ""
      for (const client of [a, b]) await client.open(channelId)
      await a.hears("channel:viewers", (v) => v.channelId === channelId && v.count === 2)
      expect(a.heard.some((h) => h.event === "channel:viewers" && h.payload.channelId === id)).toBe(false)
      expect(a.heard.some((h) => h.event === "members:changed" && h.payload.slices[0]?.groups[0]?.count === 3)).toBe(
        false,
      )
      await b.send(id, "hello")
      await waitUntil("bob to be here", async () => (await groups()) === "online 3")
    })

    test("who is taken out of a group hears nothing more of it, though they have it open", async () => {
      const [a, b, c] = [await net.connect(alice), await net.connect(bob), await net.connect(cleo)]
      const id = await begun([alice, bob, cleo], a, b, c)
      for (const client of [b, c]) await client.open(id)
      await a.send(id, "for all three")
      for (const client of [b, c]) await client.nextMessage(id)
      await takeOutOf(database.db, id, cleo.id)
      await c.hears("guild:removed", ({ guildId }) => guildId === id)
      await settled(a, b, c)
      await a.send(id, "for us two")
      await b.nextMessage(id)
      await settled(c)
      expect(JSON.stringify(c.heard)).not.toContain("for us two")
      expect((await refusal(c.send(id, "still here?"))).code).toBe("UNKNOWN_CHANNEL")
      expect((await net.connect(cleo)).ready.conversationIds).toBeUndefined()
    })

    test("where one of two is blocked neither writes nor reacts, and both still read", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const id = await begun([alice, bob], a, b)
      const { seq } = await a.send(id, "hello")
      // As the service does.
      await transact(database.db, async (tx) => {
        const deny = bits("SEND_MESSAGES", "ADD_REACTIONS")
        await tx
          .insert(schema.channelOverwrites)
          .values({ channelId: id, target: "role", targetId: id, allow: 0n, deny })
        const loaded = await loadChannel(tx, id)
        if (loaded) addToOutbox(tx, guildRoom(id), "channel:updated", loaded.channel, { guildId: id, channelId: id })
      })
      for (const client of [a, b]) await client.hears("channel:updated", (c) => c.id === id)
      for (const client of [a, b]) {
        expect((await refusal(client.send(id, "hm"))).code).toBe("FORBIDDEN")
        const react = client.command("message:react", { channelId: id, seq, emoji: "👍", on: true })
        expect((await refusal(react)).code).toBe("FORBIDDEN")
        expect((await client.open(id)).messages).toHaveLength(1)
      }
    })
  })
}

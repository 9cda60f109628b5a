import { type EventPayload, newSnowflake } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { type BodyKey, BodyKeys, newBodyKey, openBodies, scheduledPlace } from "@hearth/db/message-store"
import {
  kick,
  makeGuild,
  makeUser,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
} from "@hearth/testing"
import { eq, sql } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"

const HOUR = 3_600_000
const MINUTE = 60_000
const patient = { timeout: 30_000 }
export const scheduledKeys: BodyKey[] = BodyKeys.parse(newBodyKey(1))

const keyOf = (id: string) => `key-${id}`

type Row = Partial<typeof schema.scheduledMessages.$inferInsert>

/** Messages that are sent at their time, on one node and on several. Times are moved in the table, as in `contract.ts`. */
export const describeScheduled = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`scheduled messages, ${name}`, () => {
    const bodies = openBodies(scheduledKeys)
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
      guild = await makeGuild(db, bob, [alice])
      general = guild.channels.general ?? ""
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
      await database.db.delete(schema.scheduledMessages)
    })

    const schedule = async (user: TestUser, content: string, inMs: number, more: Row = {}): Promise<string> => {
      const id = more.id ?? newSnowflake()
      const sendAt = new Date(Date.now() + inMs)
      const body = bodies.seal(content, scheduledPlace(user.id, id))
      const row = { id, userId: user.id, channelId: general, key: keyOf(id), body, sendAt, tryAt: sendAt }
      await database.db.insert(schema.scheduledMessages).values({ ...row, ...more })
      return id
    }
    /** As long passes for all that waits. */
    const pass = (ms: number) =>
      database.db.execute(sql`update scheduled_messages set send_at = send_at - ${ms} * interval '1 millisecond',
        try_at = try_at - ${ms} * interval '1 millisecond' where try_at is not null`)
    const rowOf = async (id: string) => {
      const [row] = await database.db.select().from(schema.scheduledMessages).where(eq(schema.scheduledMessages.id, id))
      return row ?? null
    }
    const hears = (client: TestClient, id: string, state: EventPayload<"schedule:changed">["state"]) =>
      client.hears("schedule:changed", (told) => told.scheduledId === id && told.state === state)

    test("a message is sent at its time and not before, as its author's, and those who do not look hear of it", async () => {
      const [reader, elsewhere] = [await net.connect(bob), await net.connect(bob)]
      const author = await net.connect(alice)
      await reader.open(general)
      const later = await schedule(alice, "later", 3 * HOUR)
      const id = await schedule(alice, "good morning", HOUR)
      expect((await rowOf(id))?.body.includes("good morning")).toBe(false)
      await pass(2 * HOUR)
      expect(await reader.nextMessage(general)).toMatchObject({
        seq: 1,
        content: "good morning",
        authorId: alice.id,
        nonce: keyOf(id),
      })
      await elsewhere.hears("channel:activity", ({ heads }) => heads[general] === 1)
      // To its author it is no news.
      await author.hears("read:marked", (m) => m.channelId === general && m.lastReadSeq === 1)
      await expect.poll(() => rowOf(id), patient).toBeNull()
      expect(await rowOf(later)).toMatchObject({ begunAt: null, tries: 0 })
      // Her devices hear that it went, and nobody else does.
      const device = await net.connect(alice)
      await pass(2 * HOUR)
      expect(await hears(device, later, "sent")).toEqual({
        scheduledId: later,
        channelId: general,
        state: "sent",
        unsent: 0,
      })
      expect(await reader.nextMessage(general)).toMatchObject({ seq: 2, content: "later" })
      expect(reader.heard.map((h) => h.event)).not.toContain("schedule:changed")
    })

    test("many of many people are sent once each, whoever of the nodes sends them", async () => {
      const reader = await net.connect(bob)
      await reader.open(general)
      const people = [alice, bob]
      for (let i = 0; i < 60; i++) await schedule(people[i % 2] ?? alice, `message ${i}`, HOUR)
      await pass(HOUR)
      const said: string[] = []
      for (let i = 0; i < 60; i++) said.push((await reader.nextMessage(general)).content)
      expect(new Set(said)).toEqual(new Set(Array.from({ length: 60 }, (_, i) => `message ${i}`)))
      await expect.poll(() => database.db.$count(schema.scheduledMessages), patient).toBe(0)
      // What is said next has the next number: nothing came twice.
      expect((await reader.send(general, "the last")).seq).toBe(61)
    })

    test("what came due while no node was there is sent when one comes", async () => {
      await net[Symbol.asyncDispose]()
      const id = await schedule(alice, "overslept", -HOUR)
      net = await open(database)
      await expect.poll(() => rowOf(id), patient).toBeNull()
      const reader = await net.connect(bob)
      expect((await reader.open(general)).messages.map((m) => m.content)).toEqual(["overslept"])
    })

    test("what a node that died had stored, or only claimed, is in the channel once", async () => {
      const [author, reader] = [await net.connect(alice), await net.connect(bob)]
      await reader.open(general)
      const [stored, claimed] = [newSnowflake(), newSnowflake()]
      await author.send(general, "stored", keyOf(stored))
      const died = { tries: 1, begunAt: new Date() }
      await schedule(alice, "stored", 0, { id: stored, ...died })
      await hears(author, stored, "sent")
      await schedule(alice, "claimed", 0, { id: claimed, ...died })
      await hears(author, claimed, "sent")
      expect((await reader.send(general, "the last")).seq).toBe(3)
      const said = [await reader.nextMessage(general), await reader.nextMessage(general)]
      expect(said.map((m) => m.content)).toEqual(["stored", "claimed"])
    })

    test("[7.9] what is scheduled under the same key after it was sent is not sent once more", async () => {
      const [author, reader] = [await net.connect(alice), await net.connect(bob)]
      await reader.open(general)
      const first = await schedule(alice, "only once", 0)
      await hears(author, first, "sent")
      // Its author's client never heard that it was scheduled.
      const again = await schedule(alice, "only once", 0, { key: keyOf(first) })
      await hears(author, again, "sent")
      expect((await reader.send(general, "the last")).seq).toBe(2)
      expect((await reader.nextMessage(general)).content).toBe("only once")
    })

    test("who may no longer write there is told why, and keeps the text; what had arrived counts as sent", async () => {
      const author = await net.connect(alice)
      const stored = newSnowflake()
      await author.send(general, "arrived", keyOf(stored))
      await kick(database.db, guild.id, alice.id)
      await author.hears("guild:removed")
      const id = await schedule(alice, "too late", 0)
      expect(await hears(author, id, "failed")).toEqual({
        scheduledId: id,
        channelId: general,
        state: "failed",
        unsent: 1,
      })
      const row = await rowOf(id)
      expect(row).toMatchObject({ failed: "UNKNOWN_CHANNEL", tryAt: null, begunAt: null })
      expect(bodies.open(row?.body ?? null, scheduledPlace(alice.id, id))).toBe("too late")
      // Of a try that nobody knows the end of, the log tells.
      await schedule(alice, "arrived", 0, { id: stored, tries: 1, begunAt: new Date(Date.now() - 2 * MINUTE) })
      await hears(author, stored, "sent")
      const lost = await schedule(alice, "never arrived", 0, {
        tries: 1,
        begunAt: new Date(Date.now() - 2 * MINUTE),
      })
      expect(await hears(author, lost, "failed")).toMatchObject({ unsent: 2 })
      // Not yet: it may still be on its way.
      const fresh = await schedule(alice, "perhaps", 0, { tries: 1, begunAt: new Date() })
      await expect.poll(async () => (await rowOf(fresh))?.tries, patient).toBeGreaterThan(1)
      expect(await rowOf(fresh)).toMatchObject({ failed: null, tryAt: expect.any(Date) })
    })

    test("slow mode holds for what was scheduled: the second waits its turn, and can be changed until then", async () => {
      const author = await net.connect(alice)
      await transact(database.db, async (tx) => {
        await tx.update(schema.channels).set({ slowmodeSeconds: 3600 }).where(eq(schema.channels.id, general))
        const channel = { id: general, guildId: guild.id, name: "general", topic: "", position: 0, overwrites: [] }
        const slow = { ...channel, slowmodeSeconds: 3600 }
        addToOutbox(tx, `guild:${guild.id}`, "channel:updated", slow, { guildId: guild.id, channelId: general })
      })
      await author.hears("channel:updated")
      const first = await schedule(alice, "first", 0)
      await hears(author, first, "sent")
      const second = await schedule(alice, "second", 0)
      const waits = async () => {
        const row = await rowOf(second)
        return (row?.tryAt?.getTime() ?? 0) > Date.now() + HOUR / 2 ? row : null
      }
      await expect.poll(waits, patient).not.toBeNull()
      expect(await rowOf(second)).toMatchObject({ begunAt: null, tries: 0, failed: null })
      expect((await author.open(general)).messages.map((m) => m.content)).toEqual(["first"])
    })
  })
}

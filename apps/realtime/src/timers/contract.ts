import { schema } from "@hearth/db"
import {
  makeGuild,
  makeUser,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
} from "@hearth/testing"
import { and, eq, sql } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"

const HOUR = 3_600_000

/**
 * What comes at its time, on one node and on several. A gateway whose clock leaps takes its permissions for old: here the times
 * are moved, in the tables. What a moved clock does, the tests of the services say.
 */
export const describeTimers = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`what comes at its time, ${name}`, () => {
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
      guild = await makeGuild(db, alice, [bob])
      general = guild.channels.general ?? ""
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    const save = (user: TestUser, seq: number, remindInMs: number) =>
      database.db.insert(schema.savedMessages).values({
        userId: user.id,
        channelId: general,
        seq,
        savedAt: new Date(),
        remindAt: new Date(Date.now() + remindInMs),
      })
    /** As long passes for all that is saved. */
    const pass = (ms: number) =>
      database.db.execute(sql`update saved_messages set remind_at = remind_at - ${ms} * interval '1 millisecond'`)
    const saved = async (user: TestUser, seq: number) => {
      const mine = and(eq(schema.savedMessages.userId, user.id), eq(schema.savedMessages.seq, seq))
      const [row] = await database.db.select().from(schema.savedMessages).where(mine)
      return row
    }
    const rung = (client: TestClient) =>
      client.heard.flatMap((h) => (h.event === "later:due" ? h.payload.messages.map((m) => m.seq) : []))

    test("a reminder rings at its time, once, on every device of its owner and on nobody else's", async () => {
      const devices = [await net.connect(alice), await net.connect(alice), await net.connect(alice)]
      const other = await net.connect(bob)
      await save(alice, 1, HOUR)
      await save(alice, 2, 3 * HOUR)
      await pass(2 * HOUR)
      for (const device of devices)
        expect(await device.hears("later:due")).toEqual({ messages: [{ channelId: general, seq: 1 }], due: 1 })
      expect(await saved(alice, 1)).toMatchObject({ remindAt: null, rangAt: expect.any(Date) })
      await pass(2 * HOUR)
      for (const device of devices) {
        expect(await device.hears("later:due", ({ due }) => due === 2)).toMatchObject({ messages: [{ seq: 2 }] })
        expect(rung(device)).toEqual([1, 2])
      }
      // What bob hears of his own comes after what would have been heard of hers.
      await save(bob, 9, 0)
      await other.hears("later:due")
      expect(rung(other)).toEqual([9])
    })

    test("what came due while nobody was there rings when a node comes, and who was away hears it then", async () => {
      const { pos } = await net.connect(alice)
      await net[Symbol.asyncDispose]()
      await save(alice, 1, 0)
      net = await open(database)
      await expect.poll(async () => (await saved(alice, 1))?.rangAt, { timeout: 20_000 }).toBeInstanceOf(Date)
      const back = await net.connect(alice, { pos })
      expect(await back.hears("later:due")).toMatchObject({ messages: [{ seq: 1 }], due: 1 })
    })

    test("many of many people ring once each, whoever of the nodes sees to them", async () => {
      const people = await Promise.all(Array.from({ length: 12 }, (_, i) => makeUser(database.db, `p${i}`)))
      const clients = await Promise.all(people.map((person) => net.connect(person)))
      for (let seq = 1; seq <= 60; seq++) for (const person of people.slice(0, 2)) await save(person, seq, HOUR)
      for (const person of people.slice(2)) await save(person, 1, HOUR)
      await pass(HOUR)
      for (const [i, client] of clients.entries()) {
        await client.hears("later:due", ({ due }) => due === (i < 2 ? 60 : 1))
        const seqs = rung(client)
        expect(seqs).toHaveLength(i < 2 ? 60 : 1)
        expect(new Set(seqs).size).toBe(seqs.length)
      }
    })
  })
}

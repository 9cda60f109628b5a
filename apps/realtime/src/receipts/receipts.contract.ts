import type { Receipt, Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { loadReceipts } from "@hearth/db/receipts"
import {
  makeConversation,
  makeGuild,
  makeUser,
  setBlock,
  setStatus,
  takeOutOf,
  type TestClient,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { and, eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "../test-network.ts"

/** What arrived and what was read in conversations, on one node and on several. */
export const describeReceipts = (
  name: string,
  open: (database: TestDatabase) => Promise<TestNetwork>,
  { last }: { last: number },
) => {
  describe(`receipts, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let alice: TestUser
    let bob: TestUser
    let cleo: TestUser
    let marker: TestUser
    let markers: Snowflake

    beforeAll(async () => {
      database = await testDatabase()
    })
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, cleo, marker] = [
        await makeUser(db, "alice"),
        await makeUser(db, "bob"),
        await makeUser(db, "cleo"),
        await makeUser(db, "marker"),
      ]
      await makeGuild(db, alice, [bob, cleo, marker])
      markers = await makeConversation(db, [alice, marker])
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    const reads = (client: TestClient, channelId: Snowflake, seq: number) =>
      client.command("read:mark", { channelId, seq })
    const receives = (client: TestClient, id: Snowflake, seq: number) =>
      client.command("receipts:mark", { delivered: { [id]: seq } })
    const told = (client: TestClient, id: Snowflake): Receipt[] =>
      client.heard.flatMap((h) => (h.event === "receipts:marked" ? (h.payload.receipts[id] ?? []) : []))
    const hears = (client: TestClient, id: Snowflake, receipt: Receipt) =>
      client.hears("receipts:marked", ({ receipts }) =>
        (receipts[id] ?? []).some(
          (r) => r.userId === receipt.userId && r.delivered === receipt.delivered && r.read === receipt.read,
        ),
      )
    /** As `reader` finds it when they come back. */
    const stands = async (reader: TestUser, id: Snowflake) =>
      Object.fromEntries(
        (await loadReceipts(database.db, reader.id, id)).map(({ user, delivered, read }) => [
          user.id,
          [delivered, read],
        ]),
      )
    /** As it is written, whoever is told. */
    const marked = async (person: TestUser, id: Snowflake) => {
      const of = schema.receipts
      const [row] = await database.db
        .select()
        .from(of)
        .where(and(eq(of.conversationId, id), eq(of.userId, person.id)))
      return row
    }
    /** All that the last node had to tell these before, they have heard when this resolves: it tells in the order in which it was told. */
    const settled = async (...readers: TestClient[]): Promise<void> => {
      const m = await net.connect(marker, { node: last })
      for (const reader of readers) {
        const id =
          reader.user.id === alice.id
            ? markers
            : await makeConversation(database.db, [marker, people.get(reader.user.id) ?? alice])
        const { seq } = await waitUntil("the conversation to be known", () => m.send(id, "now").catch(() => undefined))
        await reads(m, id, seq)
        await reader.hears("receipts:marked", ({ receipts }) => (receipts[id] ?? []).some((r) => r.read >= seq))
      }
      m.close()
    }
    const people = new Map<Snowflake, TestUser>()
    beforeEach(() => {
      people.clear()
      for (const person of [alice, bob, cleo, marker]) people.set(person.id, person)
    })
    /** What Alice wrote lies there, and every client's node knows the conversation. */
    const written = async (members: TestUser[], a: TestClient, ...others: TestClient[]) => {
      const id = await makeConversation(database.db, members)
      const { seq } = await waitUntil("the conversation to be known", () => a.send(id, "hello").catch(() => undefined))
      for (const other of others)
        await waitUntil("the conversation to be known", () => other.open(id).catch(() => undefined))
      return { id, seq }
    }
    const setShown = (person: TestUser, shown: boolean) =>
      database.db
        .insert(schema.receiptRules)
        .values({ userId: person.id, shown })
        .onConflictDoUpdate({ target: schema.receiptRules.userId, set: { shown } })
    const setRequest = (person: TestUser, id: Snowflake, request: "accepted" | "pending" | "declined") => {
      const of = schema.conversationMembers
      return database.db
        .update(of)
        .set({ request })
        .where(and(eq(of.conversationId, id), eq(of.userId, person.id)))
    }

    test("[5.36] what is written arrives, then is read, on all devices of the others and for those who were away", async () => {
      const [a, elsewhere, b] = [
        await net.connect(alice, { node: 0 }),
        await net.connect(alice, { node: last }),
        await net.connect(bob, { node: last }),
      ]
      const { id, seq } = await written([alice, bob], a, b, elsewhere)
      expect(await stands(alice, id)).toEqual({ [bob.id]: [0, 0] })
      expect(await receives(b, id, seq)).toEqual({})
      for (const device of [a, elsewhere]) await hears(device, id, { userId: bob.id, delivered: seq, read: 0 })
      expect(await stands(alice, id)).toEqual({ [bob.id]: [seq, 0] })
      await reads(b, id, seq)
      for (const device of [a, elsewhere]) await hears(device, id, { userId: bob.id, delivered: seq, read: seq })
      expect(await stands(alice, id)).toEqual({ [bob.id]: [seq, seq] })
      expect(told(b, id)).toEqual([])
    })

    test("[5.36] marks only rise, and nobody has what was not written", async () => {
      const [a, b] = [await net.connect(alice, { node: 0 }), await net.connect(bob, { node: last })]
      const { id, seq } = await written([alice, bob], a, b)
      const { seq: next } = await a.send(id, "and more")
      await reads(b, id, seq)
      await hears(a, id, { userId: bob.id, delivered: seq, read: seq })
      await b.open(id)
      await receives(b, id, Number.MAX_SAFE_INTEGER)
      await hears(a, id, { userId: bob.id, delivered: next, read: seq })
      await receives(b, id, 1)
      await b.command("read:mark", { channelId: id, seq: 0, unread: true })
      await settled(a)
      expect(await stands(alice, id)).toEqual({ [bob.id]: [next, seq] })
      await b.command("read:all", { guildId: null })
      await hears(a, id, { userId: bob.id, delivered: next, read: next })
    })

    test("[P5] who is not in it hears nothing of it, nor can move anything; who was taken out hears no more", async () => {
      const [a, b, c] = [
        await net.connect(alice, { node: 0 }),
        await net.connect(bob, { node: last }),
        await net.connect(cleo, { node: last }),
      ]
      const pair = await written([alice, bob], a, b)
      expect(await receives(c, pair.id, pair.seq)).toEqual({})
      const { id, seq } = await written([alice, bob, cleo], a, b, c)
      await reads(c, id, seq)
      await hears(a, id, { userId: cleo.id, delivered: seq, read: seq })
      await takeOutOf(database.db, id, cleo.id)
      await c.hears("guild:removed", ({ guildId }) => guildId === id)
      const before = told(c, id).length
      await reads(b, id, seq)
      await reads(b, pair.id, pair.seq)
      await hears(a, pair.id, { userId: bob.id, delivered: pair.seq, read: pair.seq })
      await settled(a, c)
      expect(told(c, id)).toHaveLength(before)
      expect(told(c, pair.id)).toEqual([])
      expect(told(a, pair.id).filter((r) => r.userId === cleo.id)).toEqual([])
      expect(await stands(alice, id)).toEqual({ [bob.id]: [seq, seq] })
      expect(await stands(cleo, id)).toEqual({})
    })

    test("[P5] of a request nothing is told before it is let in, nor is anything of others to who was asked", async () => {
      const [a, b, c] = [
        await net.connect(alice, { node: 0 }),
        await net.connect(bob, { node: last }),
        await net.connect(cleo, { node: last }),
      ]
      const { id, seq } = await written([alice, bob, cleo], a, b, c)
      await setRequest(bob, id, "pending")
      await receives(b, id, seq)
      await reads(b, id, seq)
      await reads(c, id, seq)
      await settled(a, b)
      expect(told(a, id)).toEqual([{ userId: cleo.id, delivered: seq, read: seq }])
      expect(told(b, id)).toEqual([])
      expect(await stands(alice, id)).toEqual({ [bob.id]: [0, 0], [cleo.id]: [seq, seq] })
      expect((await stands(bob, id))[cleo.id]).toEqual([0, 0])
      await setRequest(bob, id, "accepted")
      const { seq: next } = await a.send(id, "welcome")
      await reads(b, id, next)
      await hears(a, id, { userId: bob.id, delivered: next, read: next })
    })

    test("[5.36] who has receipts off tells nothing and is told nothing; on again, what was read meanwhile is not told", async () => {
      const [a, b] = [await net.connect(alice, { node: 0 }), await net.connect(bob, { node: last })]
      const { id, seq } = await written([alice, bob], a, b)
      await reads(b, id, seq)
      await hears(a, id, { userId: bob.id, delivered: seq, read: seq })
      await setShown(bob, false)
      expect(await stands(alice, id)).toEqual({ [bob.id]: [0, 0] })
      const { seq: hidden } = await b.send(id, "you do not see that I read yours")
      await reads(a, id, hidden)
      const { seq: unseen } = await a.send(id, "nor you")
      await receives(b, id, unseen)
      await reads(b, id, unseen)
      await settled(a)
      expect(told(a, id).every((r) => r.read <= seq && r.delivered <= seq)).toBe(true)
      expect(await stands(bob, id)).toEqual({ [alice.id]: [0, 0] })
      await waitUntil("what Alice read to be written", async () => (await marked(alice, id))?.read === hidden)
      await setShown(bob, true)
      expect(await stands(alice, id)).toEqual({ [bob.id]: [seq, seq] })
      // What Alice's node tells Bob next would have come after it.
      const beside = await written([alice, bob, cleo], b, a)
      await reads(a, beside.id, beside.seq)
      await hears(b, beside.id, { userId: alice.id, delivered: beside.seq, read: beside.seq })
      expect(told(b, id)).toEqual([])
      // A device that is behind says what it read, and no more.
      await reads(b, id, hidden)
      await hears(a, id, { userId: bob.id, delivered: hidden, read: hidden })
      const { seq: next } = await a.send(id, "again")
      await reads(b, id, next)
      await hears(a, id, { userId: bob.id, delivered: next, read: next })
    })

    test("[P5] of who is invisible nothing moves, and what stood there stays", async () => {
      const [a, b] = [await net.connect(alice, { node: 0 }), await net.connect(bob, { node: last })]
      const { id, seq } = await written([alice, bob], a, b)
      await reads(b, id, seq)
      await hears(a, id, { userId: bob.id, delivered: seq, read: seq })
      await setStatus(database.db, bob, { state: "invisible" })
      const { seq: next } = await a.send(id, "are you there?")
      await reads(b, id, next)
      await receives(b, id, next)
      await settled(a)
      expect(told(a, id)).toEqual([{ userId: bob.id, delivered: seq, read: seq }])
      expect(await stands(alice, id)).toEqual({ [bob.id]: [seq, seq] })
      // They go on being told.
      const { seq: own } = await b.send(id, "perhaps")
      await reads(a, id, own)
      await hears(b, id, { userId: alice.id, delivered: own, read: own })
    })

    test("[P5] of two of whom one blocked the other nothing moves, and in a group neither is told of the other", async () => {
      const [a, b, c] = [
        await net.connect(alice, { node: 0 }),
        await net.connect(bob, { node: last }),
        await net.connect(cleo, { node: last }),
      ]
      const pair = await written([alice, bob], a, b)
      const { id, seq } = await written([alice, bob, cleo], a, b, c)
      await setBlock(database.db, bob, alice, true)
      await reads(b, pair.id, pair.seq)
      await receives(b, pair.id, pair.seq)
      await reads(b, id, seq)
      await reads(a, id, seq)
      await hears(c, id, { userId: alice.id, delivered: seq, read: seq })
      await hears(c, id, { userId: bob.id, delivered: seq, read: seq })
      await settled(a)
      expect(told(a, pair.id)).toEqual([])
      expect(await stands(alice, pair.id)).toEqual({ [bob.id]: [0, 0] })
      expect(told(a, id).filter((r) => r.userId === bob.id)).toEqual([])
      expect(told(b, id).filter((r) => r.userId === alice.id)).toEqual([])
      expect(await stands(alice, id)).toEqual({ [bob.id]: [0, 0], [cleo.id]: [0, 0] })
    })

    test("what comes at once is told at once: one packet for all conversations", async () => {
      const [a, b] = [await net.connect(alice, { node: 0 }), await net.connect(bob, { node: last })]
      const talks = [await written([alice, bob], a, b), await written([alice, bob, cleo], a, b)]
      await b.command("receipts:mark", { delivered: Object.fromEntries(talks.map(({ id, seq }) => [id, seq])) })
      const [first, second] = talks.map(({ id, seq }) => [id, [{ userId: bob.id, delivered: seq, read: 0 }]] as const)
      const all = await a.hears("receipts:marked", ({ receipts }) => first !== undefined && first[0] in receipts)
      expect(all.receipts).toEqual(Object.fromEntries([first ?? [], second ?? []]))
    })
  })
}

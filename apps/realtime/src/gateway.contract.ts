import { randomUUID } from "node:crypto"
import type { Message } from "@hearth/core"
import { schema } from "@hearth/db"
import {
  makeGuild,
  makeUser,
  refusal,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { TestNetwork } from "./test-network.ts"

/** What people see of the gateway, on one node and on several: one suite for both. */
export const describeGateway = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`gateway, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let alice: TestUser
    let bob: TestUser
    let guild: TestGuild
    let general: string

    beforeAll(async () => {
      database = await testDatabase()
      const { db } = database
      ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
      guild = await makeGuild(db, alice, [bob], ["general", "other"])
      general = guild.channels.general ?? ""
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })

    const contents = (messages: readonly Message[]) => messages.map((m) => m.content)
    test("two people open a channel, and each sees what the other writes", async () => {
      const a = await net.connect(alice)
      const b = await net.connect(bob)
      expect(b.ready.reset).toBe(false)
      expect(new Set(b.ready.channelIds)).toEqual(new Set(Object.values(guild.channels)))
      await a.open(general)
      await b.open(general)
      const sent = await a.send(general, "hello")
      expect(await b.nextMessage(general)).toMatchObject({
        content: "hello",
        authorId: alice.id,
        seq: sent.seq,
        id: sent.id,
      })
      await b.send(general, "hello yourself")
      await a.nextMessage(general)
      expect(await a.nextMessage(general)).toMatchObject({ content: "hello yourself", authorId: bob.id })
    })

    test("a retry with the same nonce is the same message; another body under it is a conflict [6.2, 6.3]", async () => {
      const a = await net.connect(alice)
      const nonce = randomUUID()
      const first = await a.send(general, "once", nonce)
      expect(await a.send(general, "once", nonce)).toMatchObject({ id: first.id, seq: first.seq })
      const [x, y] = await Promise.all([a.send(general, "once", nonce), a.send(general, "once", nonce)])
      expect([x.seq, y.seq]).toEqual([first.seq, first.seq])
      expect((await refusal(a.send(general, "twice", nonce))).code).toBe("CONFLICT")
    })

    test("everybody sees one order, dense and without a gap", async () => {
      const a = await net.connect(alice)
      const b = await net.connect(bob)
      const channelId = guild.channels.other ?? ""
      await a.open(channelId)
      await b.open(channelId)
      // A second try finds what the first one wrote.
      const before = a.view(channelId).span?.to ?? 0
      await Promise.all(Array.from({ length: 200 }, (_, i) => (i % 2 ? a : b).send(channelId, `message ${i}`)))
      await waitUntil("both to have 200", () => [a, b].every((c) => c.view(channelId).span?.to === before + 200))
      const [rows, seen] = [a, b].map((c) => c.view(channelId).messages.filter((m) => m.seq > before))
      if (!rows) throw new Error("nobody")
      expect(rows.map((m) => m.seq)).toEqual(Array.from({ length: 200 }, (_, i) => before + i + 1))
      expect(rows).toEqual(seen)
      expect(new Set(contents(rows)).size).toBe(200)
      const frames = b.heard.filter((h) => h.event === "channel:changed").length
      expect(frames).toBeLessThan(200)
    })

    test("the head is written behind to channels.last_seq", async () => {
      const a = await net.connect(alice)
      const { seq } = await a.send(general, "for the lists")
      await waitUntil("last_seq", async () => {
        const [row] = await database.db.select().from(schema.channels).where(eq(schema.channels.id, general))
        return row !== undefined && row.lastSeq >= seq
      })
    })

    test("edits, deletes and reactions reach who looks, and the owner of a guild may delete anybody's", async () => {
      const a = await net.connect(alice)
      const b = await net.connect(bob)
      await a.open(general)
      await b.open(general)
      const { seq } = await b.send(general, "frist")
      const at = (c: typeof a) => c.view(general).messages.find((m) => m.seq === seq)
      const edit = { channelId: general, seq, version: 1, content: "first" }
      expect((await b.command("message:edit", edit)).message).toMatchObject({ content: "first", version: 2 })
      // A retry finds its own result [6.9]; somebody else's edit is not the author's.
      expect((await b.command("message:edit", edit)).message).toMatchObject({ content: "first", version: 2 })
      expect((await refusal(b.command("message:edit", { ...edit, content: "other" }))).code).toBe("CONFLICT")
      expect((await refusal(a.command("message:edit", { ...edit, version: 2 }))).code).toBe("FORBIDDEN")
      await a.command("message:react", { channelId: general, seq, emoji: "👍", on: true })
      await waitUntil("the edit and the reaction", () => at(a)?.content === "first" && at(a)?.reactions["👍"] === 1)
      await waitUntil("the reaction", () => at(b)?.reactions["👍"] === 1)
      expect((await refusal(b.command("message:delete", { channelId: general, seq: 1 }))).code).toBe("FORBIDDEN")
      await a.command("message:delete", { channelId: general, seq })
      await waitUntil("the delete", () => at(b)?.deleted && at(b)?.content === "")
      const gone = { channelId: general, seq: 99_999 }
      expect((await refusal(a.command("message:delete", gone))).code).toBe("UNKNOWN_MESSAGE")
      expect((await refusal(a.command("message:react", { ...gone, emoji: "👍", on: true }))).code).toBe(
        "UNKNOWN_MESSAGE",
      )
      const reply = { channelId: general, content: "to nobody", nonce: randomUUID(), replyTo: 99_999 }
      expect((await refusal(a.command("message:send", reply))).code).toBe("UNKNOWN_MESSAGE")
    })

    test("what one reacts is told to all of one's devices, and to nobody else [5.21]", async () => {
      const a = await net.connect(alice)
      const [phone, desk] = [await net.connect(bob), await net.connect(bob)]
      const { seq } = await a.send(general, "react to this")
      const react = { channelId: general, seq, emoji: "🔭" }
      const { message } = await phone.command("message:react", { ...react, on: true })
      const told = { ...react, on: true, mver: message.mver }
      for (const device of [phone, desk]) expect(await device.hears("me:reacted", (r) => r.seq === seq)).toEqual(told)
      // A retry changes nothing, and says the same again.
      expect((await phone.command("message:react", { ...react, on: true })).message.mver).toBe(message.mver)
      const back = await desk.command("message:react", { ...react, on: false })
      expect(await phone.hears("me:reacted", (r) => r.seq === seq && !r.on)).toEqual({
        ...react,
        on: false,
        mver: back.message.mver,
      })
      await a.command("message:react", { ...react, on: true })
      expect(await a.hears("me:reacted", (r) => r.seq === seq)).toMatchObject({ on: true })
      expect(a.heard.filter((h) => h.event === "me:reacted")).toHaveLength(1)
    })

    test("what is deleted is not pinned any more, and who views the channel hears so; the delete waits for neither", async () => {
      const a = await net.connect(alice)
      const b = await net.connect(bob)
      const { seq } = await b.send(general, "pinned for a while")
      const other = await b.send(general, "pinned on")
      const pinned = { channelId: general, pinnedBy: alice.id, pinnedAt: new Date() }
      await database.db.insert(schema.pins).values([seq, other.seq].map((s) => ({ ...pinned, seq: s })))
      await database.db.transaction(async (tx) => {
        await tx.select().from(schema.pins).where(eq(schema.pins.seq, seq)).for("update")
        await a.command("message:delete", { channelId: general, seq })
      })
      expect(await b.hears("pin:removed")).toEqual({ channelId: general, seq })
      const left = await database.db.select().from(schema.pins).where(eq(schema.pins.channelId, general))
      expect(left.map((row) => row.seq)).toEqual([other.seq])
    })

    test("read marks rise, reach one's other devices, never pass the head, and go back only on purpose", async () => {
      const { seq } = await (await net.connect(alice)).send(general, "to be read")
      const [phone, desk] = [await net.connect(bob), await net.connect(bob)]
      const mark = (at: number, unread?: boolean) => phone.command("read:mark", { channelId: general, seq: at, unread })
      expect(await mark(1)).toEqual({ channelId: general, lastReadSeq: 1 })
      expect(await desk.hears("read:marked")).toEqual({ channelId: general, lastReadSeq: 1 })
      expect((await mark(2_000_000_000)).lastReadSeq).toBe(seq)
      expect((await mark(3)).lastReadSeq).toBe(seq)
      expect((await mark(3, true)).lastReadSeq).toBe(3)
      const together = await Promise.all([4, 6, 5].map((at) => mark(at)))
      expect(together.at(-1)?.lastReadSeq).toBe(6)
      expect((await net.connect(bob)).ready.readStates).toContainEqual({ channelId: general, lastReadSeq: 6 })
    })

    test("typing reaches who looks, at most once in a while, and who does not look hears nothing of it", async () => {
      const [a, b, elsewhere] = [await net.connect(alice), await net.connect(bob), await net.connect(bob)]
      await b.open(general)
      for (let i = 0; i < 3; i++) await a.command("typing:start", { channelId: general })
      expect(await b.hears("typing:started")).toEqual({ channelId: general, userId: alice.id })
      await a.send(general, "a message comes after")
      await b.hears("channel:changed", (packets) =>
        packets.some((p) => contents(p.items).includes("a message comes after")),
      )
      expect(b.heard.filter((h) => h.event === "typing:started")).toHaveLength(1)
      // Their message took the sign away, so what they type next shows at once.
      await a.command("typing:start", { channelId: general })
      await waitUntil("it to show again", () => b.heard.filter((h) => h.event === "typing:started").length === 2)
      expect(elsewhere.heard.filter((h) => h.event === "typing:started")).toHaveLength(0)
    })

    test("who does not look gets one small digest, not the messages", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      for (let i = 0; i < 5; i++) await a.send(general, `for the digest ${i}`)
      const last = await a.send(general, "the last")
      await b.hears("channel:activity", ({ heads }) => heads[general] === last.seq)
      expect(b.heard.some((h) => h.event === "channel:changed")).toBe(false)
      expect((await net.connect(bob)).ready.heads[general]).toBe(last.seq)
    })
  })
}

import type { Packet } from "@hearth/core"
import {
  makeChannel,
  makeGuild,
  makeUser,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { partsOf } from "./handlers/channels.ts"
import type { TestNetwork } from "./test-network.ts"

/** How a client comes up to date, on one node and on several. */
export const describeResume = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`resume, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let alice: TestUser
    let bob: TestUser
    let guild: TestGuild
    let n = 0

    beforeAll(async () => {
      database = await testDatabase()
      const { db } = database
      ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
      guild = await makeGuild(db, alice, [bob])
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })

    const freshChannel = async (): Promise<string> => (await makeChannel(database.db, guild, `channel-${n++}`)).id

    test("after a disconnection a client gets exactly what it missed: new messages and changed ones", async () => {
      const channelId = await freshChannel()
      const a = await net.connect(alice)
      const b = await net.connect(bob)
      await waitUntil("the channel to be known", () => a.open(channelId).catch(() => undefined))
      await b.open(channelId)
      for (let i = 1; i <= 3; i++) await a.send(channelId, `before ${i}`)
      await waitUntil("three", () => b.view(channelId).span?.to === 3)
      const held = b.view(channelId)
      b.close()
      await a.command("message:edit", { channelId, seq: 2, version: 1, content: "changed meanwhile" })
      await a.send(channelId, "after")

      const again = await net.connect(bob, { pos: b.pos })
      const { span, marks } = held
      await again.command("channel:resume", { channels: [{ channelId, span, marks }] })
      const [part] = again.heard.flatMap((h) => (h.event === "channel:resumed" ? [h.payload] : []))
      expect(part).toMatchObject({ reset: false, more: false, head: 4 })
      expect(part?.messages.map((m) => m.content)).toEqual(["after"])
      expect(part?.changed.map((m) => m.content)).toEqual(["changed meanwhile"])
    })

    test("a packet that is lost on the way is noticed by the next one and fetched [5.8]", async () => {
      const channelId = await freshChannel()
      const a = await net.connect(alice)
      let lost: Packet | undefined
      const b = await net.connect(bob, {
        gapMs: 50,
        lose: (packet) => {
          if (lost || packet.items[0]?.content !== "two") return false
          lost = packet
          return true
        },
      })
      await waitUntil("the channel to be known", () => b.open(channelId).catch(() => undefined))
      for (const content of ["one", "two", "three"]) await a.send(channelId, content)
      expect([
        await b.nextMessage(channelId),
        await b.nextMessage(channelId),
        await b.nextMessage(channelId),
      ]).toMatchObject([{ content: "one" }, { content: "two" }, { content: "three" }])
      expect(lost).toBeDefined()
    })

    test("the last packet of all, lost, is repaired by the heads that are advertised [5.11]", async () => {
      const channelId = await freshChannel()
      const a = await net.connect(alice)
      const b = await net.connect(bob, { lose: () => true })
      await waitUntil("the channel to be known", () => b.open(channelId).catch(() => undefined))
      await a.send(channelId, "nobody rings")
      expect(await b.nextMessage(channelId)).toMatchObject({ content: "nobody rings" })
      const { seq } = await a.send(channelId, "edited in silence")
      await b.nextMessage(channelId)
      await a.command("message:edit", { channelId, seq, version: 1, content: "heard all the same" })
      await waitUntil("the edit", () => b.view(channelId).messages.at(-1)?.content === "heard all the same")
    })

    test("a store that does not say what happened: heads find out for those who look", async () => {
      const channelId = await freshChannel()
      const a = await net.connect(alice)
      const b = await net.connect(bob, { lose: () => true })
      await waitUntil("the channel to be known", () => b.open(channelId).catch(() => undefined))
      // Stored by somebody whom this node never hears of, as after a timeout that was a success.
      await database.db.$client.query(
        `select * from append($1, now(), 1, '[{"ord":0,"author_id":${alice.id},"nonce":"a-nonce-of-another-node","body":"aGk=","body_mac":"AA=="}]')`,
        [channelId],
      )
      // The next append of anybody brings packets that do not follow, and the gap is read.
      await a.send(channelId, "after it")
      expect(await b.nextMessage(channelId)).toMatchObject({ content: "hi", seq: 1 })
      expect(await b.nextMessage(channelId)).toMatchObject({ content: "after it", seq: 2 })
    })

    test("what was missed for too long, or is of another log, starts anew", async () => {
      const channelId = await freshChannel()
      const a = await net.connect(alice)
      await waitUntil("the channel to be known", () => a.open(channelId).catch(() => undefined))
      await a.send(channelId, "one")
      const b = await net.connect(bob)
      await b.command("channel:resume", { channels: [{ channelId, span: { from: 1, to: 900 }, marks: { "-1": 900 } }] })
      expect(await b.hears("channel:resumed")).toMatchObject({ reset: true, head: 1, marks: { "-1": 1 } })
    })

    test("long answers leave in parts, the next when the last was acknowledged, with the marks in the last", async () => {
      const message = (seq: number, content: string) => ({
        channelId: "1",
        seq,
        id: `${seq}`,
        mver: seq,
        version: 1,
        authorId: "2",
        nonce: "n".repeat(16),
        content,
        createdAt: 0,
        editedAt: null,
        deleted: false,
        replyTo: null,
        reactions: {},
      })
      const messages = Array.from({ length: 50 }, (_, i) => message(i + 1, "x".repeat(16_000)))
      const parts = partsOf("1", { reset: true, messages, changed: [], marks: { "-1": 50 }, head: 50 }, 262_144)
      expect(parts.length).toBeGreaterThan(3)
      expect(parts.flatMap((p) => p.messages)).toEqual(messages)
      expect(parts.map((p) => p.more)).toEqual([...parts.slice(1).map(() => true), false])
      expect(parts.map((p) => p.reset)).toEqual([true, ...parts.slice(1).map(() => false)])
      expect(parts.slice(0, -1).every((p) => Object.keys(p.marks).length === 0)).toBe(true)
      expect(parts.at(-1)?.marks).toEqual({ "-1": 50 })
      for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(270_000)
    })

    test("while somebody writes without a pause, whoever opens the channel gets every message once, in order", async () => {
      const channelId = await freshChannel()
      const a = await net.connect(alice)
      await waitUntil("the channel to be known", () => a.open(channelId).catch(() => undefined))
      let writing = true
      const writer = (async () => {
        for (let i = 1; writing; i++) await a.send(channelId, `${i}`)
      })()
      for (let round = 0; round < 10; round++) {
        const b = await net.connect(bob, { gapMs: 20_000 })
        const opened = await b.open(channelId)
        const to = (opened.span?.to ?? 0) + 20
        // No gap may be left to a timer: what is between the read and the first packet arrives one way or the other.
        await waitUntil("twenty more", () => (b.view(channelId).span?.to ?? 0) >= to)
        const { messages } = b.view(channelId)
        expect(messages.map((m) => m.seq)).toEqual(messages.map((_, i) => (messages[0]?.seq ?? 0) + i))
        b.close()
      }
      writing = false
      await writer
    })
  })
}

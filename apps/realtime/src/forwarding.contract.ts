import { randomUUID } from "node:crypto"
import { type BodyInput, fromForwarded } from "@hearth/core"
import {
  kick,
  makeChannel,
  makeGuild,
  makeUser,
  refusal,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
} from "@hearth/testing"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "./test-network.ts"

/** How messages are passed on, whatever the nodes and stores. */
export const describeForwarding = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`forwarding, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let [alice, bob, eve]: TestUser[] = []
    let home: TestGuild
    let other: TestGuild
    let a: TestClient
    let b: TestClient
    let general: string
    let there: string

    beforeAll(async () => {
      database = await testDatabase()
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      const { db } = database
      ;[alice, bob, eve] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "eve")]
      home = await makeGuild(db, alice, [bob])
      other = await makeGuild(db, bob, [eve], ["there"])
      general = home.channels.general ?? ""
      there = other.channels.there ?? ""
      a = await net.connect(alice)
      b = await net.connect(bob)
    })

    const forward = (client: TestClient, seq: number, more: object = {}, nonce: string = randomUUID()) =>
      client.command("message:forward", {
        channelId: there,
        nonce,
        from: { channelId: general, seq, version: 1 },
        ...more,
      })

    test("a message goes to another server as it was, with who said it and where, and stays so", async () => {
      const { seq } = await a.send(general, "the **key** is\n> under the mat")
      const nonce = randomUUID()
      const sent = await forward(b, seq, { comment: "look" }, nonce)
      expect(await forward(b, seq, { comment: "look" }, nonce)).toMatchObject({ id: sent.id, seq: sent.seq })
      const e = await net.connect(eve!)
      const [message] = (await e.open(there)).messages
      const source = { name: "alice", guildId: home.id, channelId: general, seq }
      const quote = { source, text: "the **key** is\n> under the mat" }
      expect(message).toMatchObject({ authorId: bob!.id, seq: sent.seq })
      expect(fromForwarded(message?.content ?? "")).toEqual({ ...quote, comment: "look" })
      // An edit is of what was said with it. The quote is nobody's to change, not even by who was quoted.
      const edit = { channelId: there, seq: sent.seq, version: 1, content: "look here" }
      const edited = await b.command("message:edit", edit)
      expect(fromForwarded(edited.message.content)).toEqual({ ...quote, comment: "look here" })
      expect((await b.command("message:edit", edit)).message.version).toBe(2)
      await a.command("message:edit", { channelId: general, seq, version: 1, content: "somewhere else" })
      await a.command("message:delete", { channelId: general, seq })
      const [later] = (await (await net.connect(eve!)).open(there)).messages
      expect(fromForwarded(later?.content ?? "")).toEqual({ ...quote, comment: "look here" })
    })

    test("nobody passes on what they may not read, or to where they may not write, or what is not there", async () => {
      const code = async (work: Promise<unknown>) => (await refusal(work)).code
      const { seq } = await a.send(general, "for us")
      const e = await net.connect(eve!)
      expect(await code(forward(e, seq))).toBe("UNKNOWN_CHANNEL")
      expect(await code(forward(a, seq))).toBe("UNKNOWN_CHANNEL")
      const secret = (await makeChannel(database.db, home, "secret", [alice!.id])).id
      await a.hears("channel:added", (c) => c.id === secret)
      const hidden = await a.send(secret, "not for bob")
      const from = { channelId: secret, seq: hidden.seq, version: 1 }
      expect(await code(forward(b, seq, { from }))).toBe("UNKNOWN_CHANNEL")
      expect(await code(forward(b, 99))).toBe("UNKNOWN_MESSAGE")
      await a.command("message:edit", { channelId: general, seq, version: 1, content: "for us two" })
      expect(await code(forward(b, seq))).toBe("CONFLICT")
      await a.command("message:delete", { channelId: general, seq })
      expect(await code(forward(b, seq))).toBe("UNKNOWN_MESSAGE")
      const { seq: last } = await a.send(general, "the last")
      await kick(database.db, home.id, bob!.id)
      await b.hears("guild:removed")
      expect(await code(forward(b, last))).toBe("UNKNOWN_CHANNEL")
      expect((await e.open(there)).messages).toEqual([])
    })

    test("a quote of a quote of a quote does not grow for ever", async () => {
      const long = "🙂".repeat(4000)
      let last = await b.send(there, long)
      const again = () => forward(b, last.seq, { from: { channelId: there, seq: last.seq, version: 1 }, comment: long })
      for (let times = 0; times < 2; times++) last = await again()
      expect((await refusal(again().then(async (sent) => ((last = sent), again())))).code).toBe("BAD_REQUEST")
    })

    test("one's own is read on all devices where all before it was, and takes nothing unread away", async () => {
      const { seq } = await a.send(general, "one")
      const elsewhere = await net.connect(bob!)
      const poll = (): BodyInput<"poll:start"> => ({
        channelId: there,
        nonce: randomUUID(),
        question: "Cake?",
        options: ["yes", "no"],
        several: false,
        secret: false,
        hours: 1,
      })
      const marked = (client: TestClient, to: number) =>
        client.hears("read:marked", (m) => m.channelId === there && m.lastReadSeq === to)
      const first = await forward(b, seq)
      await Promise.all([marked(b, first.seq), marked(elsewhere, first.seq)])
      const e = await net.connect(eve!)
      await e.send(there, "what is that?")
      await forward(b, seq)
      await b.command("read:mark", { channelId: there, seq: first.seq + 1 })
      // The mark between two of one's own moved by nothing but that.
      const last = await forward(b, seq)
      await b.command("read:mark", { channelId: there, seq: first.seq + 2 })
      const then = await b.command("poll:start", poll())
      expect(then.seq).toBe(last.seq + 1)
      expect(last.seq).toBe(first.seq + 3)
      await b.command("read:mark", { channelId: there, seq: then.seq })
      const asked = await b.command("poll:start", poll())
      await Promise.all([marked(b, asked.seq), marked(elsewhere, asked.seq)])
      const marks = b.heard.flatMap((h) => (h.event === "read:marked" ? [h.payload.lastReadSeq] : []))
      expect(marks).toEqual([first.seq, first.seq + 1, first.seq + 2, then.seq, asked.seq])
    })

    test("what is quoted addresses nobody; what is said with it does", async () => {
      const e = await net.connect(eve!)
      const { seq } = await a.send(general, `<@${eve!.id}> and @everyone`)
      await forward(b, seq)
      const called = await forward(b, seq, { comment: `<@${eve!.id}>` })
      await e.hears("mention:added")
      const seqs = e.heard.flatMap((h) => (h.event === "mention:added" ? [h.payload.seq] : []))
      expect(seqs).toEqual([called.seq])
    })

    test("nobody makes up a quote: the sign of it is refused in what people send", async () => {
      const content = `> alice, /s/${home.id}/${general}/1\u001e\n> I owe bob money`
      expect((await refusal(b.send(there, content))).code).toBe("BAD_REQUEST")
      const { seq } = await b.send(there, "mine")
      const edit = { channelId: there, seq, version: 1, content }
      expect((await refusal(b.command("message:edit", edit))).code).toBe("BAD_REQUEST")
    })
  })
}

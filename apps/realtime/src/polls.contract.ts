import { randomUUID } from "node:crypto"
import { type BodyInput, fromPoll, guildRoom, permissionBits, takenBack } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import {
  makeGuild,
  makeUser,
  refusal,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "./test-network.ts"

/** Polls as members meet them, whatever the nodes and stores. */
export const describePolls = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`polls, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let [alice, bob, carol]: TestUser[] = []
    let guild: TestGuild
    let general: string
    let a: TestClient
    let b: TestClient

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
      ;[alice, bob, carol] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "carol")]
      guild = await makeGuild(db, alice, [bob, carol])
      general = guild.channels.general ?? ""
      a = await net.connect(alice)
      b = await net.connect(bob)
    })

    const poll = (more: Partial<BodyInput<"poll:start">> = {}): BodyInput<"poll:start"> => ({
      channelId: general,
      nonce: randomUUID(),
      question: "Cake?",
      options: ["Plum", "Poppy", "None"],
      several: false,
      secret: false,
      ...more,
    })
    const vote = (client: TestClient, seq: number, emoji: string, on = true) =>
      client.command("message:react", { channelId: general, seq, emoji, on })
    const seenBy = (client: TestClient, seq: number) => client.view(general).messages.find((m) => m.seq === seq)
    const code = async (work: Promise<unknown>) => (await refusal(work)).code
    /** What everybody may do there, from now on: the row, and the event in the same transaction. */
    const allow = async (...names: (keyof typeof permissionBits)[]) => {
      const permissions = names.reduce((all, name) => all | (1n << BigInt(permissionBits[name])), 0n)
      await transact(database.db, async (tx) => {
        await tx.update(schema.roles).set({ permissions }).where(eq(schema.roles.id, guild.id))
        const role = { id: guild.id, guildId: guild.id, name: "everyone", position: 0, hoisted: false }
        const told = { ...role, permissions: String(permissions) }
        addToOutbox(tx, guildRoom(guild.id), "role:updated", told, { guildId: guild.id })
      })
      const heard = (r: { permissions: string }) => r.permissions === String(permissions)
      await Promise.all([a, b].map((c) => c.hears("role:updated", heard)))
    }

    test("it is asked once however often it is sent; votes reach who looks and who was away, each counted once [6.13]", async () => {
      const asked = poll({ hours: 24 })
      await b.open(general)
      const { seq } = await a.command("poll:start", asked)
      expect(await a.command("poll:start", asked)).toMatchObject({ seq })
      expect(await code(a.command("poll:start", { ...asked, question: "Pie?" }))).toBe("CONFLICT")
      await waitUntil("the poll", () => seenBy(b, seq) !== undefined)
      const { question, options, several, secret, hours } = asked
      expect(fromPoll(seenBy(b, seq)?.content ?? "")).toEqual({
        question,
        options,
        several,
        secret,
        hours,
        ended: false,
      })

      await vote(b, seq, "1️⃣")
      const first = await vote(a, seq, "1️⃣")
      expect(await vote(a, seq, "1️⃣")).toEqual(first)
      const changed = await vote(b, seq, "3️⃣")
      expect(changed.message.reactions).toEqual({ "1️⃣": 1, "3️⃣": 1 })
      await waitUntil("the votes", () => seenBy(b, seq)?.mver === changed.message.mver)
      expect(seenBy(b, seq)?.reactions).toEqual({ "1️⃣": 1, "3️⃣": 1 })
      const c = await net.connect(carol!)
      await c.open(general)
      expect(seenBy(c, seq)).toEqual(seenBy(b, seq))
    })

    test("of many who vote at once on whatever node, each is counted once, and everybody sees the same in the end", async () => {
      await b.open(general)
      const { seq } = await a.command("poll:start", poll({ several: true }))
      await waitUntil("the poll", () => seenBy(b, seq) !== undefined)
      const clients = await Promise.all([alice, alice, bob, bob, carol, carol].map((user) => net.connect(user!)))
      const emoji = ["1️⃣", "2️⃣", "3️⃣"]
      await Promise.all(clients.flatMap((client) => emoji.map((one) => vote(client, seq, one))))
      await waitUntil("all votes", () => emoji.every((one) => seenBy(b, seq)?.reactions[one] === 3))
    })

    test("what a vote took back is told with it to all of one's devices, and to nobody else [5.21]", async () => {
      const desk = await net.connect(bob!)
      const { seq } = await a.command("poll:start", poll())
      const { message } = await vote(b, seq, "2️⃣")
      const off = takenBack(message.content, "2️⃣")
      expect(off).toEqual(["1️⃣", "3️⃣"])
      const told = { channelId: general, seq, emoji: "2️⃣", on: true, off, mver: message.mver }
      for (const device of [b, desk]) expect(await device.hears("me:reacted", (r) => r.seq === seq)).toEqual(told)
      const back = await vote(b, seq, "2️⃣", false)
      expect(back.message.reactions).toEqual({})
      const { off: _, ...plain } = told
      expect(await desk.hears("me:reacted", (r) => r.seq === seq && !r.on)).toEqual({
        ...plain,
        on: false,
        mver: back.message.mver,
      })
      await vote(a, seq, "1️⃣")
      await a.hears("me:reacted", (r) => r.seq === seq)
      expect(a.heard.filter((h) => h.event === "me:reacted")).toHaveLength(1)
    })

    test("its author ends it, or who keeps order; then nobody votes, and nobody edits it at any time", async () => {
      const { seq } = await b.command("poll:start", poll())
      await vote(b, seq, "1️⃣")
      const c = await net.connect(carol!)
      expect(await code(c.command("poll:end", { channelId: general, seq }))).toBe("FORBIDDEN")
      const edit = { channelId: general, seq, version: 1, content: "Pie?" }
      expect(await code(b.command("message:edit", edit))).toBe("FORBIDDEN")
      const { message } = await a.command("poll:end", { channelId: general, seq })
      expect(fromPoll(message.content)).toMatchObject({ question: "Cake?", ended: true })
      expect(await b.command("poll:end", { channelId: general, seq })).toEqual({ message })
      expect(await code(vote(c, seq, "1️⃣"))).toBe("POLL_ENDED")
      expect(await code(vote(b, seq, "1️⃣", false))).toBe("POLL_ENDED")
      const own = await b.command("poll:start", poll())
      await b.command("poll:end", { channelId: general, seq: own.seq })
      expect(await code(vote(a, own.seq, "1️⃣"))).toBe("POLL_ENDED")
      const said = await b.send(general, "no poll")
      expect(await code(b.command("poll:end", { channelId: general, seq: said.seq }))).toBe("UNKNOWN_MESSAGE")
    })

    test("who may not view, send or react does not; a deleted poll is answered as none, and tells no counts", async () => {
      const eve = await makeUser(database.db, "eve")
      const e = await net.connect(eve)
      const { seq } = await a.command("poll:start", poll())
      await vote(b, seq, "1️⃣")
      for (const work of [
        () => e.command("poll:start", poll()),
        () => vote(e, seq, "1️⃣"),
        () => e.command("poll:end", { channelId: general, seq }),
      ])
        expect(await code(work())).toBe("UNKNOWN_CHANNEL")
      await allow("VIEW_CHANNEL")
      expect(await code(b.command("poll:start", poll()))).toBe("FORBIDDEN")
      expect(await code(vote(b, seq, "2️⃣"))).toBe("FORBIDDEN")
      expect((await vote(b, seq, "1️⃣", false)).message.reactions).toEqual({})
      await vote(a, seq, "1️⃣")
      await a.command("message:delete", { channelId: general, seq })
      expect(await code(vote(a, seq, "1️⃣"))).toBe("UNKNOWN_MESSAGE")
      expect(await code(a.command("poll:end", { channelId: general, seq }))).toBe("UNKNOWN_MESSAGE")
      await b.open(general)
      expect(seenBy(b, seq)).toMatchObject({ deleted: true, content: "", reactions: {} })
    })

    test("its question calls people, its options do not, and nobody makes one up", async () => {
      const c = await net.connect(carol!)
      await a.command("poll:start", poll({ options: [`<@${carol!.id}>`, "@everyone"] }))
      const { seq } = await a.command("poll:start", poll({ question: `<@${carol!.id}> Cake?` }))
      await c.hears("mention:added")
      expect(c.heard.flatMap((h) => (h.event === "mention:added" ? [h.payload.seq] : []))).toEqual([seq])
      const content = "Cake?\n1️⃣ \u001fPlum\n2️⃣ \u001fPoppy\n– \u001f1"
      expect(await code(b.send(general, content))).toBe("BAD_REQUEST")
      const said = await b.send(general, "mine")
      const edit = { channelId: general, seq: said.seq, version: 1, content }
      expect(await code(b.command("message:edit", edit))).toBe("BAD_REQUEST")
      for (const more of [{ options: ["one"] }, { question: " " }, { options: ["same", "same"] }])
        expect(await code(a.command("poll:start", poll(more)))).toBe("BAD_REQUEST")
    })
  })
}

import { guildRoom, newSnowflake, type Snowflake, userRoom } from "@hearth/core"
import { schema, transact, addToOutbox } from "@hearth/db"
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
  waitUntil,
} from "@hearth/testing"
import { and, eq, inArray, sql } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "./test-network.ts"

/** Threads through the gateway, on one node and on several. */
export const describeThreads = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`threads, ${name}`, () => {
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

    /** As the service does. */
    const begin = async (channelId: Snowflake, seq: number): Promise<Snowflake> => {
      const id = newSnowflake()
      await transact(database.db, async (tx) => {
        await tx.insert(schema.channels).values({ id, guildId: guild.id, parentId: channelId, name: "", position: 0 })
        await tx.insert(schema.channelHeads).values({ channelId: id })
        await tx.insert(schema.threads).values({ id, channelId, seq, startedBy: alice.id, lastAt: new Date() })
      })
      return id
    }
    const lineOf = (client: TestClient, channelId: Snowflake, seq: number) =>
      client.view(channelId).messages.find((m) => m.seq === seq)?.thread

    /** Who hears this has heard of all changes before it, and what they changed holds. */
    const mark = ({ id: userId }: TestUser) =>
      transact(database.db, async (tx) => {
        addToOutbox(tx, userRoom(userId), "alerts:changed", { count: 1 }, { userId })
      })

    test("what is written in it reaches who has it open, in order, and a resume brings what was missed", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await a.send(general, "a question")
      const thread = await begin(general, 1)
      await b.open(thread)
      for (let i = 1; i <= 3; i++) await a.send(thread, `answer ${i}`)
      for (let i = 1; i <= 3; i++) expect(await b.nextMessage(thread)).toMatchObject({ seq: i, content: `answer ${i}` })
      const views = new Map([[thread, b.view(thread)]])
      b.close()
      await a.send(thread, "while away")
      const back = await net.connect(bob, { views })
      await back.open(thread)
      expect(back.view(thread).messages.map((m) => m.content)).toEqual([
        "answer 1",
        "answer 2",
        "answer 3",
        "while away",
      ])
      await back.command("message:react", { channelId: thread, seq: 1, emoji: "👍", on: true })
      const edit = { channelId: thread, seq: 4, version: 1, content: "while you were away" }
      expect((await refusal(back.command("message:edit", edit))).code).toBe("FORBIDDEN")
      await a.command("message:edit", edit)
      await waitUntil("the edit", () => back.view(thread).messages.at(-1)?.content === edit.content)
      expect(back.view(thread).messages[0]?.reactions).toEqual({ "👍": 1 })
      expect(await back.command("read:mark", { channelId: thread, seq: 4 })).toMatchObject({ lastReadSeq: 4 })
    })

    test("its message says how many answered and who, to who looks and to who comes back", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await a.send(general, "a question")
      await a.open(general)
      const { pos } = b
      b.close()
      const thread = await begin(general, 1)
      const other = await net.connect(bob, { pos })
      await other.send(thread, "one")
      await a.send(thread, "two")
      await other.send(thread, "three")
      await waitUntil("the line on the message", () => lineOf(a, general, 1)?.replies === 3)
      expect(lineOf(a, general, 1)).toMatchObject({ id: thread, replies: 3, people: [bob.id, alice.id] })
      // It is a change of the message, so a resume brings it as it brings an edit.
      await other.open(general)
      expect(lineOf(other, general, 1)).toMatchObject({ replies: 3 })
      const line = lineOf(a, general, 1)
      await a.command("message:delete", { channelId: general, seq: 1 })
      await waitUntil("the tombstone", () => other.view(general).messages[0]?.deleted)
      expect(lineOf(other, general, 1)).toEqual(line)
    })

    test("it is for exactly those whom its channel is for, and no longer than that", async () => {
      const { db } = database
      const secret = (await makeChannel(db, guild, "secret", [alice.id])).id
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await a.send(secret, "between us")
      const hidden = await begin(secret, 1)
      await a.send(hidden, "quietly")
      const unknown = newSnowflake()
      const asks = [
        (channelId: Snowflake) => b.send(channelId, "hello?"),
        (channelId: Snowflake) => b.open(channelId),
        (channelId: Snowflake) => b.command("typing:start", { channelId }),
        (channelId: Snowflake) => b.command("read:mark", { channelId, seq: 1 }),
        (channelId: Snowflake) =>
          b.command("message:forward", {
            channelId: general,
            nonce: "n".repeat(20),
            from: { channelId, seq: 1, version: 1 },
          }),
      ]
      for (const ask of asks) {
        const [one, other] = [await refusal(ask(hidden)), await refusal(ask(unknown))]
        expect([one.code, one.message]).toEqual([other.code, other.message])
      }
      await a.send(general, "for all")
      const shared = await begin(general, 1)
      await b.open(shared)
      await b.send(shared, "still in")
      await kick(db, guild.id, bob.id)
      await b.hears("guild:removed")
      await a.send(shared, "without bob")
      expect((await refusal(b.send(shared, "let me in"))).code).toBe("UNKNOWN_CHANNEL")
      expect(JSON.stringify(b.heard)).not.toContain("without bob")
      expect(JSON.stringify(b.heard)).not.toContain("quietly")
      expect(JSON.stringify(b.heard)).not.toContain(hidden)
    })

    test("who has it open and may not view its channel any more hears nothing of it from then on", async () => {
      const { db } = database
      const secret = (await makeChannel(db, guild, "secret", [alice.id, bob.id])).id
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await b.open(general)
      await a.send(secret, "between us")
      const thread = await begin(secret, 1)
      await b.open(thread)
      await a.send(thread, "with bob")
      await b.nextMessage(thread)
      await transact(db, async (tx) => {
        const { channelId, targetId } = schema.channelOverwrites
        await tx.delete(schema.channelOverwrites).where(and(eq(channelId, secret), eq(targetId, bob.id)))
        const gone = { guildId: guild.id, channelId: secret }
        addToOutbox(tx, userRoom(bob.id), "channel:removed", gone, { ...gone, userId: bob.id })
      })
      await mark(bob)
      await b.hears("alerts:changed")
      await a.send(thread, `without <@${bob.id}>`)
      await a.send(general, "for all")
      expect(await b.nextMessage(general)).toMatchObject({ content: "for all" })
      expect(JSON.stringify(b.heard)).toContain("with bob")
      expect(JSON.stringify(b.heard)).not.toContain("without")
      expect((await refusal(b.send(thread, "let me in"))).code).toBe("UNKNOWN_CHANNEL")
      expect((await refusal(b.open(thread))).code).toBe("UNKNOWN_CHANNEL")
    })

    test("who only views its channel hears nothing of it but the line and what calls them", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await a.send(general, "a question")
      const thread = await begin(general, 1)
      await a.send(thread, "an answer")
      await a.send(thread, "@everyone come and see")
      await b.hears("mention:added", (m) => m.channelId === thread)
      await waitUntil("the line is written, and who follows is told", async () => {
        const threads = await database.db.select().from(schema.threads).where(eq(schema.threads.id, thread))
        return threads[0]?.replies === 2
      })
      await mark(bob)
      await b.hears("alerts:changed")
      // Bob, who looks at nothing, hears of the channel afterwards: what was to come of the thread came before.
      await a.send(general, "another")
      await b.hears("channel:activity", ({ heads }) => heads[general] === 2)
      const kinds = b.heard.filter((h) => JSON.stringify(h.payload).includes(thread)).map((h) => h.event)
      expect(kinds).toEqual(["mention:added"])
    })

    test("who follows it hears that something is unread, once, on every device; reading it, or all, is heard too", async () => {
      const [a, b, b2] = [await net.connect(alice), await net.connect(bob), await net.connect(bob)]
      await a.send(general, "a question")
      const thread = await begin(general, 1)
      await b.send(thread, "an answer")
      await b2.hears("channel:activity", ({ heads }) => heads[general] === 1)
      await waitUntil("bob follows it", async () => {
        const followers = await database.db.select().from(schema.threadFollowers)
        return followers.some((f) => f.threadId === thread && f.userId === bob.id)
      })
      await a.send(thread, "thank you")
      const unread = { id: thread, guildId: guild.id, channelId: general, seq: 1, head: 2 }
      for (const device of [b, b2]) expect(await device.hears("thread:unread")).toEqual(unread)
      await b.command("read:mark", { channelId: thread, seq: 2 })
      await b2.hears("read:marked", (m) => m.channelId === thread && m.lastReadSeq === 2)
      await a.send(thread, "one more thing")
      await b2.hears("thread:unread", ({ head }) => head === 3)
      await b.command("read:all", { guildId: guild.id })
      await b2.hears("reads:marked", ({ readStates }) =>
        readStates.some((m) => m.channelId === thread && m.lastReadSeq === 3),
      )
      expect(b2.heard.filter((h) => h.event === "thread:unread")).toHaveLength(2)
    })

    test("all is read, however much that is, and only where one may look", async () => {
      const { db } = database
      const secret = (await makeChannel(db, guild, "secret", [alice.id, bob.id])).id
      const b = await net.connect(bob)
      const first = await begin(secret, 1)
      const made = await db.execute<{ id: Snowflake }>(sql`
        with made as (
          insert into channels (id, guild_id, parent_id, name, position)
          select ${newSnowflake()}::bigint + n, ${guild.id}::bigint, ${general}::bigint, '', 0
          from generate_series(1, 501) n returning id)
        insert into threads (id, channel_id, seq, started_by, last_at)
        select id, ${general}::bigint, row_number() over (), 1, now() from made returning id::text`)
      const ids = made.rows.map(({ id }) => id)
      await db.insert(schema.threadFollowers).values([first, ...ids].map((threadId) => ({ userId: bob.id, threadId })))
      const answered = () => db.update(schema.threads).set({ replies: sql`replies + 1` })
      const heard = () => b.heard.flatMap((h) => (h.event === "reads:marked" ? h.payload.readStates : []))
      await answered()
      await b.command("read:all", { guildId: guild.id })
      await waitUntil("all are read", () => heard().length === 502)
      await transact(db, async (tx) => {
        const isBobs = eq(schema.channelOverwrites.targetId, bob.id)
        await tx.delete(schema.channelOverwrites).where(and(eq(schema.channelOverwrites.channelId, secret), isBobs))
        const gone = { guildId: guild.id, channelId: secret }
        addToOutbox(tx, userRoom(bob.id), "channel:removed", gone, { ...gone, userId: bob.id })
      })
      await b.hears("channel:removed")
      await answered()
      await b.command("read:all", { guildId: null })
      await waitUntil("all are read again", () => heard().length >= 502 + 501)
      expect(heard().filter((m) => m.channelId === first)).toEqual([{ channelId: first, lastReadSeq: 1 }])
    })

    test("who sets back how far they read in it has it unread again, and hears of what is written next", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await a.send(general, "a question")
      const thread = await begin(general, 1)
      await database.db.insert(schema.threadFollowers).values({ userId: bob.id, threadId: thread })
      await a.send(thread, "an answer")
      await b.hears("thread:unread", ({ head }) => head === 1)
      await b.command("read:mark", { channelId: thread, seq: 1 })
      const elsewhere = await net.connect(bob)
      await b.command("read:mark", { channelId: thread, seq: 0, unread: true })
      // On all devices it is unread again, before anybody writes.
      const again = { id: thread, guildId: guild.id, channelId: general, seq: 1, head: 1 }
      expect(await elsewhere.hears("thread:unread")).toEqual(again)
      await a.send(thread, "another")
      await b.hears("thread:unread", ({ head }) => head === 2)
    })

    test("[5.29] what was read on one device while another was away is not unread there", async () => {
      const [a, laptop, phone] = [await net.connect(alice), await net.connect(bob), await net.connect(bob)]
      await a.send(general, "a question")
      const { pos } = laptop
      laptop.close()
      const thread = await begin(general, 1)
      await database.db.insert(schema.threadFollowers).values({ userId: bob.id, threadId: thread })
      await a.send(thread, "an answer")
      await phone.hears("thread:unread")
      await phone.command("read:mark", { channelId: thread, seq: 1 })
      // Every node has read by then what the phone heard.
      for (const _ of net.nodes) await net.connect(alice)
      const back = await net.connect(bob, { pos })
      expect(await back.hears("reads:marked")).toEqual({ readStates: [{ channelId: thread, lastReadSeq: 1 }] })
      const at = (kind: string): number => back.heard.findIndex((h) => h.event === kind)
      expect(at("thread:unread")).toBeLessThan(at("reads:marked"))
      await a.send(thread, "another")
      await back.hears("thread:unread", ({ head }) => head === 2)
    })

    test("it goes with its channel", async () => {
      const a = await net.connect(alice)
      const doomed = (await makeChannel(database.db, guild, "doomed")).id
      await a.hears("channel:added", ({ id }) => id === doomed)
      await a.send(doomed, "a question")
      const thread = await begin(doomed, 1)
      await a.send(thread, "an answer")
      await transact(database.db, async (tx) => {
        await tx.delete(schema.channelHeads).where(inArray(schema.channelHeads.channelId, [doomed, thread]))
        await tx.delete(schema.channels).where(eq(schema.channels.id, doomed))
        const gone = { guildId: guild.id, channelId: doomed }
        addToOutbox(tx, guildRoom(guild.id), "channel:removed", gone, gone)
      })
      await a.hears("channel:removed")
      expect((await refusal(a.send(thread, "too late"))).code).toBe("UNKNOWN_CHANNEL")
    })
  })
}

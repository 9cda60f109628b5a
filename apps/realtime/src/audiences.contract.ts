import { type EventName, events, guildRoom, newSnowflake, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import {
  kick,
  makeAdminRole,
  makeChannel,
  makeGuild,
  makeUser,
  refusal,
  setRoles,
  stopwatch,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { TestNetwork } from "./test-network.ts"

/** Who hears what, on one node and on several. */
export const describeAudiences = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`audiences, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let alice: TestUser
    let bob: TestUser
    let mallory: TestUser
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
      ;[alice, bob, mallory] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "mallory")]
      guild = await makeGuild(db, alice, [bob])
      general = guild.channels.general ?? ""
      net = await open(database)
    })
    afterEach(async () => {
      await net?.[Symbol.asyncDispose]()
    })

    /** Resolves when everything that was told before has reached this client: rows come in order. */
    const settled = async (...clients: TestClient[]): Promise<void> => {
      const name = `marker ${newSnowflake()}`
      await transact(database.db, async (tx) => addToOutbox(tx, "everyone", "instance:updated", { name }))
      await Promise.all(clients.map((c) => c.hears("instance:updated", (payload) => payload.name === name)))
    }

    // Everybody hears what addresses them, and it says nothing of anything else.
    const own = new Set<EventName>(["gateway:ready", "mention:unread", "instance:updated"])
    const heardOf = (c: TestClient): EventName[] => c.heard.map((h) => h.event).filter((event) => !own.has(event))

    test("who is not a member of a guild hears no event of it, of any kind, and may do nothing in it", async () => {
      const { db } = database
      const [a, b, m] = [await net.connect(alice), await net.connect(bob), await net.connect(mallory)]
      const bobElsewhere = await net.connect(bob)
      await a.open(general)
      await b.open(general)
      for (const work of [
        () => m.open(general),
        () => m.send(general, "let me in"),
        () =>
          m.command("message:forward", {
            channelId: general,
            nonce: "n".repeat(20),
            from: { channelId: general, seq: 1, version: 1 },
          }),
        () => m.command("message:edit", { channelId: general, seq: 1, version: 1, content: "x" }),
        () => m.command("message:delete", { channelId: general, seq: 1 }),
        () => m.command("message:react", { channelId: general, seq: 1, emoji: "👍", on: true }),
        () => m.command("poll:end", { channelId: general, seq: 1 }),
        () => m.command("typing:start", { channelId: general }),
        () => m.command("read:mark", { channelId: general, seq: 1 }),
      ])
        expect((await refusal(work())).code).toBe("UNKNOWN_CHANNEL")
      expect((await refusal(m.command("read:all", { guildId: guild.id }))).code).toBe("UNKNOWN_GUILD")

      // Each kind of live event …
      const call = await a.send(general, `<@${bob.id}> <@${mallory.id}> @everyone`)
      await b.hears("mention:added", ({ targetId }) => targetId === bob.id)
      await b.hears("mention:added", ({ targetId }) => targetId === guild.id)
      await a.command("message:delete", { channelId: general, seq: call.seq })
      await b.hears("mention:removed")
      expect(await b.command("read:all", { guildId: null })).toEqual({ channels: 1 })
      const { seq } = await a.send(general, "for us")
      await a.command("message:edit", { channelId: general, seq, version: 1, content: "for us two" })
      await a.command("typing:start", { channelId: general })
      await b.command("read:mark", { channelId: general, seq })
      await b.command("message:react", { channelId: general, seq, emoji: "👍", on: true })
      // … and each kind that comes from the outbox, to the guild and to one of its members.
      const guildId = guild.id
      const role = { id: newSnowflake(), guildId, name: "r", position: 1, permissions: "0", hoisted: false }
      const channel = { id: general, guildId, name: "general", topic: "", position: 0, overwrites: [] }
      await transact(db, async (tx) => {
        const room = guildRoom(guildId)
        addToOutbox(tx, room, "guild:updated", { id: guildId, name: "New", ownerId: alice.id }, { guildId })
        addToOutbox(tx, room, "channel:updated", channel, { guildId, channelId: general })
        addToOutbox(tx, room, "channels:reordered", { guildId, channelIds: [general] }, { guildId })
        const pin = { channelId: general, seq, pinnedBy: alice.id, pinnedAt: 1 }
        addToOutbox(tx, room, "pin:added", pin, { guildId, channelId: general })
        addToOutbox(tx, room, "pin:removed", { channelId: general, seq }, { guildId, channelId: general })
        addToOutbox(tx, room, "role:added", role, { guildId })
        addToOutbox(tx, room, "role:updated", role, { guildId })
        addToOutbox(tx, room, "role:removed", { guildId, roleId: role.id }, { guildId })
        addToOutbox(tx, room, "user:updated", { id: alice.id, displayName: "Alice" }, { guildId })
        addToOutbox(tx, userRoom(bob.id), "me:updated", { id: bob.id, displayName: "Bob" }, { userId: bob.id })
        const draft = { channelId: general, version: 1 }
        addToOutbox(tx, userRoom(bob.id), "draft:saved", draft, { userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "draft:removed", draft, { userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "alerts:changed", { count: 1 }, { userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "rules:updated", { receipts: false }, { userId: bob.id })
        const own = { state: "dnd" as const, version: 1, custom: { text: "at work" } }
        addToOutbox(tx, userRoom(bob.id), "status:updated", own, { userId: bob.id })
        const kept = { channelId: general, seq, due: 1 }
        addToOutbox(tx, userRoom(bob.id), "later:changed", kept, { userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "later:due", { messages: [kept], due: 1 }, { userId: bob.id })
        const sent = { scheduledId: "5", channelId: general, state: "sent" as const, unsent: 0 }
        addToOutbox(tx, userRoom(bob.id), "schedule:changed", sent, { userId: bob.id })
        const thread = { id: "6", guildId, channelId: general, seq, head: 1 }
        addToOutbox(tx, userRoom(bob.id), "thread:unread", thread, { guildId, channelId: general, userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "thread:left", { id: thread.id }, { userId: bob.id })
        const talk = {
          guildId,
          conversation: { kind: "direct" as const, ownerId: null, people: [], count: 2, muted: false, pending: false },
        }
        const guild = { id: guildId, name: "New", ownerId: alice.id }
        const snapshot = { guild, roles: [role], channels: [channel], myRoleIds: [], conversation: talk.conversation }
        const added = { snapshot, head: 0, lastReadSeq: 0, mentions: [] }
        addToOutbox(tx, userRoom(bob.id), "conversation:added", added, { guildId, userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "conversation:updated", talk, { guildId, userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "conversation:removed", { guildId }, { guildId, userId: bob.id })
        const user = { id: alice.id, displayName: "Alice" }
        addToOutbox(tx, userRoom(bob.id), "friend:added", { user, asked: 0 }, { userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "friend:removed", { userId: alice.id }, { userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "friend:asked", { asked: 1 }, { userId: bob.id })
        addToOutbox(tx, userRoom(bob.id), "me:roles", { guildId, roleIds: [] }, { guildId, userId: bob.id })
      })
      await makeChannel(db, guild, "new")
      await transact(db, async (tx) => {
        await tx.delete(schema.channels).where(eq(schema.channels.id, guild.channels.new ?? ""))
        const gone = { guildId, channelId: guild.channels.new ?? "" }
        addToOutbox(tx, guildRoom(guildId), "channel:removed", gone, gone)
      })
      await b.hears("channel:heads")
      // A digest is for who does not look: another device of bob's.
      await bobElsewhere.hears("channel:activity", ({ heads }) => heads[general] === seq)
      expect(heardOf(bobElsewhere)).not.toContain("channel:changed")
      await settled(a, b, m)
      const forBob = new Set([...heardOf(b), ...heardOf(bobElsewhere)])
      const elsewhere = [
        "presence:changed",
        "members:changed",
        "channel:pull",
        "receipts:marked",
        "gateway:resync",
        "session:ended",
        "guild:added",
        "guild:removed",
      ]
      for (const event of Object.keys(events) as EventName[])
        if (!own.has(event) && !elsewhere.includes(event)) expect(forBob, event).toContain(event)
      expect(heardOf(m)).toEqual([])
      expect(await m.hears("mention:unread")).toEqual({ mentions: {}, all: true })
      expect(new Set(heardOf(a))).not.toContain("me:updated")
      const bobs = [
        "me:reacted",
        "draft:saved",
        "draft:removed",
        "later:changed",
        "later:due",
        "schedule:changed",
        "alerts:changed",
        "rules:updated",
        "status:updated",
        "thread:unread",
        "thread:left",
        "conversation:added",
        "conversation:updated",
        "conversation:removed",
        "friend:added",
        "friend:removed",
        "friend:asked",
      ] as const
      for (const event of bobs) expect(heardOf(a)).not.toContain(event)
    })

    test("who is kicked hears nothing more within a second, on an open channel too, and hears that it is gone", async () => {
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await b.open(general)
      await a.send(general, "before")
      await b.nextMessage(general)
      const elapsed = stopwatch()
      await kick(database.db, guild.id, bob.id)
      await b.hears("guild:removed")
      expect(elapsed()).toBeLessThan(1000)
      const heard = b.heard.length
      await a.send(general, "after")
      await makeChannel(database.db, guild, "without-bob")
      await settled(a, b)
      expect(b.heard.slice(heard).filter((h) => !own.has(h.event))).toEqual([])
      expect((await refusal(b.send(general, "still?"))).code).toBe("UNKNOWN_CHANNEL")
      expect((await net.connect(bob)).ready.channelIds).toEqual([])
    })

    test("a private channel does not exist for who may not view it, and a role opens and closes it at once", async () => {
      const { db } = database
      const role = await makeAdminRole(db, guild.id)
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      const elsewhere = await net.connect(alice)
      const secret = await makeChannel(db, guild, "secret", [alice.id])
      await a.hears("channel:added", (channel) => channel.id === secret.id)
      await a.open(secret.id)
      const { seq } = await a.send(secret.id, "between us")
      await elsewhere.hears("channel:activity", ({ heads }) => heads[secret.id] === seq)
      await settled(a, b)
      expect(JSON.stringify(b.heard)).not.toContain(secret.id)
      expect((await refusal(b.open(secret.id))).code).toBe("UNKNOWN_CHANNEL")

      await setRoles(db, guild.id, bob.id, [role])
      await b.hears("me:roles")
      await b.open(secret.id)
      await a.send(secret.id, "hello bob")
      await waitUntil("bob to read it", () => b.view(secret.id).messages.some((m) => m.content === "hello bob"))

      await setRoles(db, guild.id, bob.id, [])
      await b.hears("me:roles", ({ roleIds }) => roleIds.length === 0)
      await a.send(secret.id, "goodbye bob")
      await settled(a, b)
      expect(JSON.stringify(b.heard)).not.toContain("goodbye bob")
      expect((await refusal(b.send(secret.id, "hello?"))).code).toBe("UNKNOWN_CHANNEL")
    })

    test("a deleted channel takes its viewers out, and a deleted guild its members", async () => {
      const { db } = database
      const [a, b] = [await net.connect(alice), await net.connect(bob)]
      await b.open(general)
      const guildId = guild.id
      await transact(db, async (tx) => {
        await tx.delete(schema.channels).where(eq(schema.channels.id, general))
        addToOutbox(
          tx,
          guildRoom(guildId),
          "channel:removed",
          { guildId, channelId: general },
          { guildId, channelId: general },
        )
      })
      await b.hears("channel:removed")
      // Each node reads for itself, and says farewell before it forgets: what comes behind tells that it has.
      await settled(a, b)
      expect((await refusal(a.send(general, "into the void"))).code).toBe("UNKNOWN_CHANNEL")
      await transact(db, async (tx) => {
        await tx.delete(schema.guilds).where(eq(schema.guilds.id, guildId))
        addToOutbox(tx, guildRoom(guildId), "guild:removed", { guildId }, { guildId })
      })
      await Promise.all([a.hears("guild:removed"), b.hears("guild:removed")])
      expect([...(net.nodes[0]?.connections.ofUser(bob.id) ?? [])].flatMap((c) => [...c.socket.rooms])).not.toContain(
        guildRoom(guildId),
      )
    })

    test("events of the outbox come in commit order, with rising positions", async () => {
      const b = await net.connect(bob)
      await Promise.all(Array.from({ length: 30 }, (_, i) => makeChannel(database.db, guild, `c-${i}`)))
      await settled(b)
      const positions = b.heard.flatMap((h) => (h.pos === undefined ? [] : [BigInt(h.pos)]))
      expect(positions.length).toBe(31)
      expect(positions).toEqual([...positions].sort((x, y) => (x < y ? -1 : 1)))
      expect(b.pos).toBe(positions.at(-1)?.toString())
    })
  })
}

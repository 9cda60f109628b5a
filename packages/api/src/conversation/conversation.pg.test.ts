import {
  applyEvent,
  type Bootstrap,
  type EventName,
  type EventPayload,
  events,
  MAX_CONVERSATIONS,
  newSnowflake,
} from "@hearth/core"
import { consumeMentions } from "@hearth/db/mentions"
import { type OutboxRow, schema } from "@hearth/db"
import { sql } from "drizzle-orm"
import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { newInviteCode } from "../invite/service.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"
import { reaches } from "../test-rooms.ts"

let bed: Bed
let ada: Person
let bob: Person
let cleo: Person
let stranger: Person

beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  ;[ada, bob, cleo, stranger] = await Promise.all([
    bed.person("Ada"),
    bed.person("Bob"),
    bed.person("Cleo"),
    bed.person("Sam"),
  ])
  const { guild } = await ada.call.guild.create({ name: "Home" })
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  for (const person of [bob, cleo]) await person.call.invite.join({ code })
})

/** Somebody writes, and the consumer reads it, as the gateway has it done. */
const say = async (person: Person, conversationId: string, content: string): Promise<void> => {
  await bed.deps.store.append(conversationId, [
    { authorId: person.userId, nonce: newSnowflake(), content, replyTo: null },
  ])
  while ((await consumeMentions(bed.db, bed.deps.store, conversationId)).more);
}

const talksOf = ({ guilds }: Bootstrap) =>
  guilds.flatMap(({ guild, conversation }) => (conversation ? [{ id: guild.id, ...conversation }] : []))
const openWith = async (who: Person, ...others: Person[]): Promise<string> =>
  (await who.call.conversation.open({ userIds: others.map((o) => o.userId) })).conversationId

describe("a conversation of two", () => {
  test("there is one, however many begin it at once, from both sides", async () => {
    const ids = await Promise.all([openWith(ada, bob), openWith(bob, ada), openWith(ada, bob)])
    expect(new Set(ids).size).toBe(1)
  })

  test("is seen by the other once something is written, with what was not read", async () => {
    const id = await openWith(ada, bob)
    expect(talksOf(await ada.bootstrap())).toMatchObject([
      { id, kind: "direct", ownerId: null, count: 2, people: [{ id: bob.userId, displayName: "Bob" }] },
    ])
    expect(talksOf(await bob.bootstrap())).toEqual([])
    const since = await bed.head()
    await say(ada, id, "hello")
    const fresh = await bob.bootstrap()
    expect(talksOf(fresh)).toMatchObject([{ id, people: [{ id: ada.userId }] }])
    expect(fresh.mentions).toEqual({ [id]: [1] })
    expect((await ada.bootstrap()).mentions).toBeUndefined()
    const told = (await bed.told(since)).filter((row) => row.kind === "conversation:added")
    expect(told).toMatchObject([
      { audience: `user:${bob.userId}`, payload: { head: 1, lastReadSeq: 0, mentions: [1] } },
    ])
  })

  test("is begun among people who share a server, and a conversation is no server", async () => {
    expect(await failureCode(openWith(ada, stranger))).toBe("UNKNOWN_MEMBER")
    expect(await failureCode(stranger.call.conversation.open({ userIds: [newSnowflake()] }))).toBe("UNKNOWN_MEMBER")
    const id = await openWith(ada, bob)
    const other = await bob.call.guild.create({ name: "Elsewhere" })
    const { code } = await bob.call.invite.create({ guildId: other.guild.id, expiresInMs: null, maxUses: null })
    await stranger.call.invite.join({ code })
    expect(await failureCode(openWith(ada, stranger))).toBe("UNKNOWN_MEMBER")
    await openWith(bob, stranger)
    expect(await failureCode(openWith(ada, stranger))).toBe("UNKNOWN_MEMBER")
    expect(await failureCode(ada.call.conversation.open({ userIds: [ada.userId] }))).toBe("BAD_REQUEST")
    expect(id).not.toBe(other.guild.id)
  })

  test("does not exist for others, and nobody does with it what is done with servers and channels", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "between us")
    for (const [person, codes] of [
      [cleo, ["UNKNOWN_CHANNEL", "UNKNOWN_GUILD"]],
      [ada, ["UNKNOWN_CHANNEL", "UNKNOWN_GUILD"]],
    ] as const) {
      const { call } = person
      for (const work of [
        () => call.guild.update({ guildId: id, name: "Mine" }),
        () => call.guild.delete({ guildId: id }),
        () => call.guild.leave({ guildId: id }),
        () => call.channel.create({ guildId: id, name: "more" }),
        () => call.channel.update({ channelId: id, name: "renamed" }),
        () => call.channel.delete({ channelId: id }),
        () => call.invite.create({ guildId: id, expiresInMs: null, maxUses: null }),
        () => call.invite.list({ guildId: id }),
        () => call.member.kick({ guildId: id, userId: bob.userId }),
        () => call.member.setRoles({ guildId: id, userId: bob.userId, roleIds: [] }),
      ])
        expect(codes).toContain(await failureCode(work()))
    }
    for (const work of [
      () => cleo.call.message.page({ channelId: id }),
      () => cleo.call.thread.start({ channelId: id, seq: 1 }),
      () => cleo.call.later.save({ channelId: id, seq: 1 }),
      () => cleo.call.draft.save({ channelId: id, version: 0, content: "x", replyTo: null }),
      () => cleo.call.conversation.close({ conversationId: id }),
      () => cleo.call.conversation.mute({ conversationId: id, muted: true }),
      () => cleo.call.conversation.accept({ conversationId: id }),
      () => cleo.call.conversation.leave({ conversationId: id }),
      () => cleo.call.conversation.rename({ conversationId: id, name: "x" }),
    ])
      expect(await failureCode(work())).toBe("UNKNOWN_CHANNEL")
    for (const work of [
      () => cleo.call.member.search({ guildId: id, prefix: "" }),
      () => cleo.call.member.list({ guildId: id }),
    ])
      expect(await failureCode(work())).toBe("UNKNOWN_GUILD")
    expect(await cleo.call.conversation.lines({ conversationIds: [id] })).toEqual([])
    expect((await cleo.call.conversation.list({})).items).toEqual([])
    expect(await ada.call.member.search({ guildId: id, prefix: "b" })).toMatchObject([{ id: bob.userId }])
    expect((await ada.call.message.page({ channelId: id })).page.messages).toHaveLength(1)
  })

  test("nobody comes in by an invite, however it came to be", async () => {
    const id = await openWith(ada, bob)
    const code = newInviteCode()
    await bed.db.insert(schema.invites).values({ code, guildId: id, createdBy: ada.userId })
    expect(await failureCode(cleo.call.invite.join({ code }))).toBe("UNKNOWN_INVITE")
    expect(await failureCode(bed.stranger().invite.preview({ code }))).toBe("UNKNOWN_INVITE")
  })

  test("is closed for one alone, until somebody writes, and stays in the list of all", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "one")
    await bob.call.conversation.close({ conversationId: id })
    expect(talksOf(await bob.bootstrap())).toEqual([])
    expect(talksOf(await ada.bootstrap())).toHaveLength(1)
    expect((await bob.call.conversation.list({})).items).toMatchObject([{ guild: { id }, closed: true }])
    await say(ada, id, "two")
    expect((await bob.bootstrap()).mentions).toEqual({ [id]: [1, 2] })
    await bob.call.conversation.close({ conversationId: id })
    await openWith(bob, ada)
    expect(talksOf(await bob.bootstrap())).toHaveLength(1)
  })

  test("comes back by its address, for who is in it and did not decline it", async () => {
    await bob.call.conversation.setRules({ asksFirst: true })
    const id = await openWith(ada, bob)
    await say(ada, id, "one")
    await ada.call.conversation.close({ conversationId: id })
    const since = await bed.head()
    await ada.call.conversation.show({ conversationId: id })
    expect(talksOf(await ada.bootstrap())).toMatchObject([{ id }])
    expect((await bed.told(since)).map((row) => [row.kind, row.audience])).toEqual([
      ["conversation:added", `user:${ada.userId}`],
    ])
    expect(await failureCode(cleo.call.conversation.show({ conversationId: id }))).toBe("UNKNOWN_CHANNEL")
    await bob.call.conversation.decline({ conversationId: id })
    expect(await failureCode(bob.call.conversation.show({ conversationId: id }))).toBe("UNKNOWN_CHANNEL")
    expect(talksOf(await bob.bootstrap())).toEqual([])
  })

  test("is in no list over all servers: neither in Catch up nor among what addresses one", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "hello")
    const thread = await ada.call.thread.start({ channelId: id, seq: 1 })
    await bed.deps.store.append(thread.id, [
      { authorId: ada.userId, nonce: newSnowflake(), content: `and here, <@${bob.userId}>`, replyTo: null },
    ])
    while ((await consumeMentions(bed.db, bed.deps.store, thread.id)).more);
    expect((await bob.bootstrap()).mentions).toEqual({ [id]: [1], [thread.id]: [1] })
    expect((await bob.call.catchUp.list({})).items).toEqual([])
    expect((await bob.call.mention.list({})).items).toEqual([])
  })

  test("has threads, listed as those of any channel, for who is in it", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "hello")
    const thread = await ada.call.thread.start({ channelId: id, seq: 1 })
    await bed.deps.store.append(thread.id, [
      { authorId: ada.userId, nonce: newSnowflake(), content: "aside", replyTo: null },
    ])
    await consumeMentions(bed.db, bed.deps.store, thread.id, {
      thread: { place: { channelId: id, seq: 1 }, tell: async () => {} },
    })
    const listed = (who: Person, channelId = id) => who.call.thread.list({ channelId, archived: false })
    expect((await listed(bob)).items).toMatchObject([{ thread: { id: thread.id, replies: 1 } }])
    expect(await failureCode(listed(cleo))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(listed(ada, thread.id))).toBe("UNKNOWN_CHANNEL")
  })

  test("that was closed comes back when somebody writes in a thread that one follows there, before one hears of that", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "hello")
    const thread = await ada.call.thread.start({ channelId: id, seq: 1 })
    const aside = async (who: Person, content: string) => {
      await bed.deps.store.append(thread.id, [{ authorId: who.userId, nonce: newSnowflake(), content, replyTo: null }])
      const place = { channelId: id, seq: 1 }
      await consumeMentions(bed.db, bed.deps.store, thread.id, { thread: { place, tell: async () => {} } })
    }
    await aside(bob, "I follow it")
    await bob.call.conversation.close({ conversationId: id })
    const since = await bed.head()
    await aside(ada, "are you there?")
    const told = (await bed.told(since)).filter((row) => row.audience === `user:${bob.userId}`)
    expect(told.map((row) => row.kind)).toEqual(["conversation:added", "thread:unread"])
    expect(talksOf(await bob.bootstrap())).toMatchObject([{ id }])
  })

  test("people are found in all servers by how their name begins, and neither strangers nor who is blocked", async () => {
    const names = async (who: Person, prefix: string, limit?: number) =>
      (await who.call.conversation.find({ prefix, ...(limit !== undefined && { limit }) })).map((p) => p.displayName)
    expect(await names(ada, "")).toEqual(["Bob", "Cleo"])
    expect(await names(ada, "bO")).toEqual(["Bob"])
    expect(await names(ada, "", 1)).toEqual(["Bob"])
    expect(await names(ada, "Sam")).toEqual([])
    const { guild } = await stranger.call.guild.create({ name: "Elsewhere" })
    const { code } = await stranger.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
    for (const person of [ada, bob]) await person.call.invite.join({ code })
    expect(await names(ada, "")).toEqual(["Bob", "Cleo", "Sam"])
    expect(await names(cleo, "")).toEqual(["Ada", "Bob"])
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    expect(await names(ada, "")).toEqual(["Cleo", "Sam"])
    expect(await names(bob, "a")).toEqual([])
    // Who is met in a conversation alone is not found.
    await openWith(ada, stranger, cleo)
    expect(await names(cleo, "s")).toEqual([])
  })

  test("the list is in the order of what was written last, paged, each with its last line", async () => {
    const [first, second] = [await openWith(ada, bob), await openWith(ada, cleo)]
    await say(cleo, second, "earlier")
    await say(bob, first, "later")
    const page = await ada.call.conversation.list({ limit: 1 })
    expect(page.items.map((g) => g.guild.id)).toEqual([first])
    const rest = await ada.call.conversation.list({ limit: 1, cursor: page.next ?? "" })
    expect(rest.items.map((g) => g.guild.id)).toEqual([second])
    expect(rest.next).toBeNull()
    expect(talksOf(await ada.bootstrap()).map((t) => t.id)).toEqual([second, first])
    const lines = await ada.call.conversation.lines({ conversationIds: [first, second] })
    expect(new Map(lines.map((l) => [l.id, l.message?.content]))).toEqual(
      new Map([
        [first, "later"],
        [second, "earlier"],
      ]),
    )
  })
})

describe("a group", () => {
  test("its owner names it, brings people in and takes them out; nobody else does", async () => {
    const id = await openWith(ada, bob, cleo)
    await say(ada, id, "hello all")
    expect(talksOf(await bob.bootstrap())).toMatchObject([{ id, kind: "group", ownerId: ada.userId, count: 3 }])
    const manage = (who: Person) => [
      () => who.call.conversation.rename({ conversationId: id, name: "Kayaks" }),
      () => who.call.conversation.remove({ conversationId: id, userId: cleo.userId }),
      () => who.call.conversation.add({ conversationId: id, userIds: [cleo.userId] }),
    ]
    for (const work of manage(bob)) expect(await failureCode(work())).toBe("FORBIDDEN")
    const [rename, remove, add] = manage(ada)
    await rename?.()
    await remove?.()
    expect(talksOf(await cleo.bootstrap())).toEqual([])
    expect(await failureCode(cleo.call.message.page({ channelId: id }))).toBe("UNKNOWN_CHANNEL")
    expect((await bob.bootstrap()).guilds.find((g) => g.guild.id === id)?.guild.name).toBe("Kayaks")
    expect(talksOf(await bob.bootstrap())).toMatchObject([{ count: 2 }])
    await add?.()
    await say(ada, id, "again")
    expect(talksOf(await cleo.bootstrap())).toMatchObject([{ id, count: 3 }])
    expect(await failureCode(ada.call.conversation.add({ conversationId: id, userIds: [stranger.userId] }))).toBe(
      "UNKNOWN_MEMBER",
    )
  })

  test("what was said before one came is history, not unread", async () => {
    const group = await openWith(ada, bob, cleo)
    await ada.call.conversation.remove({ conversationId: group, userId: cleo.userId })
    for (const text of ["one", "two", "three"]) await say(ada, group, text)
    await ada.call.conversation.add({ conversationId: group, userIds: [cleo.userId] })
    const since = await bed.head()
    await say(ada, group, "welcome")
    expect((await bed.told(since)).filter((row) => row.kind === "conversation:added")).toMatchObject([
      { audience: `user:${cleo.userId}`, payload: { head: 4, lastReadSeq: 3, mentions: [4] } },
    ])
    const fresh = await cleo.bootstrap()
    expect(fresh.readStates).toContainEqual({ channelId: group, lastReadSeq: 3 })
    expect(fresh.mentions).toEqual({ [group]: [4] })
  })

  test("who looks after it leaves while somebody writes: neither waits for the other for good", async () => {
    const id = await openWith(ada, bob, cleo)
    let left: Promise<unknown> = Promise.resolve()
    await bed.db.transaction(async (tx) => {
      // In the order of what is done when somebody wrote.
      await tx.execute(sql`select from conversations where id = ${id}::bigint for no key update`)
      left = ada.call.conversation.leave({ conversationId: id })
      left.catch(() => {})
      await expect
        .poll(
          async () =>
            (
              await bed.db.execute(sql`
                select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
            ).rows.length,
          { timeout: 60_000 },
        )
        .toBe(1)
      await tx.execute(sql`update conversation_members set closed = false where conversation_id = ${id}::bigint`)
    })
    await left
    const [talk] = talksOf(await bob.bootstrap())
    expect(talk).toMatchObject({ id, count: 2 })
    expect([bob.userId, cleo.userId]).toContain(talk?.ownerId)
  }, 120_000)

  test("who leaves hands it on, and the last takes it along", async () => {
    const id = await openWith(ada, bob, cleo)
    await say(bob, id, "hello")
    await ada.call.conversation.leave({ conversationId: id })
    expect(talksOf(await bob.bootstrap())[0]?.ownerId).not.toBe(ada.userId)
    await bob.call.conversation.leave({ conversationId: id })
    await cleo.call.conversation.leave({ conversationId: id })
    expect(await failureCode(cleo.call.conversation.leave({ conversationId: id }))).toBe("UNKNOWN_CHANNEL")
    const again = await openWith(ada, bob)
    expect(await failureCode(ada.call.conversation.leave({ conversationId: again }))).toBe("FORBIDDEN")
  })
})

test("of who is in more than a client holds, nothing that is written is lost, whichever it dropped", async () => {
  const ids: string[] = []
  for (let i = 0; i <= MAX_CONVERSATIONS; i++) ids.push(await openWith(ada, bob, cleo))
  const [oldest = "", second = "", third = ""] = ids
  const before = await ada.bootstrap()
  expect(talksOf(before)).toHaveLength(MAX_CONVERSATIONS)
  expect(talksOf(before).map((t) => t.id)).not.toContain(oldest)
  const since = await bed.head()
  // It comes to the client in the place of the second; and of the first hundred one is closed.
  await ada.call.conversation.show({ conversationId: oldest })
  await ada.call.conversation.close({ conversationId: third })
  await say(bob, second, "are you there?")
  const after = (await bed.told(since)).reduce((state, { kind, payload, pos, audience }) => {
    const name = kind as EventName
    return Object.hasOwn(events, kind) && reaches(state, { audience, payload })
      ? applyEvent(state, name, events[name].parse(payload) as EventPayload<EventName>, pos)
      : state
  }, before)
  expect(talksOf(after).map((t) => t.id)).toContain(second)
  expect(after.mentions).toEqual({ [second]: [1] })
}, 120_000)

describe("who is not wanted", () => {
  test("neither writes to the other, and it looks the same from both sides; it ends with the last block", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "hello")
    const writable = async (who: Person): Promise<boolean> => {
      const talk = (await who.bootstrap()).guilds.find((g) => g.guild.id === id)
      return talk?.channels[0]?.overwrites.length === 0
    }
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    await ada.call.conversation.block({ userId: bob.userId, blocked: true })
    expect([await writable(ada), await writable(bob)]).toEqual([false, false])
    await bob.call.conversation.block({ userId: ada.userId, blocked: false })
    expect(await writable(ada)).toBe(false)
    await ada.call.conversation.block({ userId: bob.userId, blocked: false })
    expect([await writable(ada), await writable(bob)]).toEqual([true, true])
  })

  test("only who blocked sees that they did, at once, and the other may block back", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "hello")
    const blockedOf = async (who: Person) => talksOf(await who.bootstrap()).map((t) => t.blocked)
    const since = await bed.head()
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    expect([await blockedOf(ada), await blockedOf(bob)]).toEqual([[undefined], [true]])
    expect((await bed.told(since)).filter((row) => row.kind === "conversation:updated")).toMatchObject([
      { audience: `user:${bob.userId}`, payload: { guildId: id, conversation: { blocked: true } } },
    ])
    await ada.call.conversation.block({ userId: bob.userId, blocked: true })
    await bob.call.conversation.block({ userId: ada.userId, blocked: false })
    expect([await blockedOf(ada), await blockedOf(bob)]).toEqual([[true], [undefined]])
  })

  test("begins no conversation, as if one were not there, and does not bring one into a group", async () => {
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    expect(await failureCode(openWith(ada, bob))).toBe("UNKNOWN_MEMBER")
    expect(await failureCode(openWith(bob, ada))).toBe("UNKNOWN_MEMBER")
    expect(await failureCode(openWith(ada, bob, cleo))).toBe("UNKNOWN_MEMBER")
    expect((await bob.call.conversation.blocked({})).items).toMatchObject([{ id: ada.userId }])
    expect((await ada.call.conversation.blocked({})).items).toEqual([])
    await bob.call.conversation.block({ userId: ada.userId, blocked: false })
    await openWith(ada, bob)
  })

  test("brings nobody into more groups, nor asks of them more, than they can look through", async () => {
    await bob.call.conversation.setRules({ asksFirst: true })
    const groups: string[] = []
    for (let i = 0; i < 100; i++) groups.push(await openWith(ada, bob, cleo))
    for (let i = 0; i < 99; i++) groups.push(await openWith(cleo, bob, ada))
    await openWith(cleo, bob)
    expect(await failureCode(openWith(ada, bob))).toBe("UNKNOWN_MEMBER")
    const { guild } = await ada.call.guild.create({ name: "Elsewhere" })
    const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
    await stranger.call.invite.join({ code })
    const small = await openWith(ada, cleo, stranger)
    expect(await failureCode(ada.call.conversation.add({ conversationId: small, userIds: [bob.userId] }))).toBe(
      "UNKNOWN_MEMBER",
    )
    // Ada herself is in as many now.
    expect(await failureCode(openWith(ada, cleo, stranger))).toBe("TOO_MANY")
    await bob.call.conversation.decline({ conversationId: groups[0] ?? "" })
    await openWith(ada, bob)
    expect(await failureCode(ada.call.conversation.add({ conversationId: small, userIds: [bob.userId] }))).toBe(
      "UNKNOWN_MEMBER",
    )
  }, 120_000)

  test("who wants to be asked first gets a request, lets it in by answering or by saying so, or declines for good", async () => {
    await bob.call.conversation.setRules({ asksFirst: true })
    expect(await bob.call.conversation.rules()).toEqual({ asksFirst: true })
    const id = await openWith(ada, bob)
    await say(ada, id, "may I?")
    expect(talksOf(await bob.bootstrap())).toMatchObject([{ id, pending: true }])
    expect(talksOf(await ada.bootstrap())).toMatchObject([{ id, pending: false }])
    await bob.call.conversation.accept({ conversationId: id })
    expect(talksOf(await bob.bootstrap())).toMatchObject([{ id, pending: false }])

    const fromCleo = await openWith(cleo, bob)
    await say(cleo, fromCleo, "me too?")
    await say(bob, fromCleo, "sure")
    expect(talksOf(await bob.bootstrap()).find((t) => t.id === fromCleo)?.pending).toBe(false)

    const group = await openWith(ada, bob, cleo)
    await say(ada, group, "a group?")
    const since = await bed.head()
    await bob.call.conversation.decline({ conversationId: group })
    await say(ada, group, "please")
    expect(talksOf(await bob.bootstrap()).map((t) => t.id)).not.toContain(group)
    expect((await bed.told(since)).filter((row) => row.audience !== `user:${bob.userId}`)).toEqual([])
  })
})

test("[7] snapshot + events equals a fresh snapshot, whatever becomes of conversations, in whatever order", async () => {
  const isEvent = (kind: string): kind is EventName => Object.hasOwn(events, kind)
  const follow = (from: Bootstrap, rows: readonly OutboxRow[]): Bootstrap =>
    rows.reduce((state, { kind, payload, pos, audience }) => {
      if (!isEvent(kind) || !reaches(state, { audience, payload })) return state
      return applyEvent(state, kind, events[kind].parse(payload) as EventPayload<EventName>, pos)
    }, from)
  // The order follows what is written, which the outbox does not tell; and so do heads, and what addresses one.
  const comparable = ({ guilds, readStates }: Bootstrap) => ({
    guilds: [...guilds].sort((a, b) => a.guild.id.localeCompare(b.guild.id)),
    readStates,
  })
  const acts = [
    "open",
    "group",
    "say",
    "close",
    "mute",
    "block",
    "unblock",
    "rename",
    "add",
    "remove",
    "leave",
  ] as const
  const kinds = new Set<string>()
  const step = fc.record({ what: fc.constantFrom(...acts), who: fc.nat(2), whom: fc.nat(2), which: fc.nat(3) })
  const life = acts.flatMap((what) => [0, 1].map((n) => ({ what, who: n, whom: n + 1, which: n })))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const people = await Promise.all(["Ada", "Bob", "Cleo"].map((name) => bed.person(name)))
      const [owner, ...others] = people as [Person, Person, Person]
      const { guild } = await owner.call.guild.create({ name: "Home" })
      const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
      for (const person of others) await person.call.invite.join({ code })
      const before = await Promise.all(people.map((p) => p.bootstrap()))
      const ids: string[] = []
      for (const { what, who, whom, which } of steps) {
        const [me, you] = [people[who], people[whom]] as [Person, Person]
        const conversationId = ids[which % Math.max(1, ids.length)] ?? newSnowflake()
        const talk = me.call.conversation
        const mine = talksOf(await me.bootstrap()).some((t) => t.id === conversationId)
        // Refusals are part of life.
        const done = {
          open: () => talk.open({ userIds: [you.userId] }).then(({ conversationId: id }) => ids.push(id)),
          group: () =>
            talk
              .open({ userIds: people.filter((p) => p !== me).map((p) => p.userId) })
              .then(({ conversationId: id }) => ids.push(id)),
          say: async () => mine && say(me, conversationId, "hm"),
          close: () => talk.close({ conversationId }),
          mute: () => talk.mute({ conversationId, muted: which % 2 === 0 }),
          block: () => talk.block({ userId: you.userId, blocked: true }),
          unblock: () => talk.block({ userId: you.userId, blocked: false }),
          rename: () => talk.rename({ conversationId, name: `n${which}` }),
          add: () => talk.add({ conversationId, userIds: [you.userId] }),
          remove: () => talk.remove({ conversationId, userId: you.userId }),
          leave: () => talk.leave({ conversationId }),
        }[what]()
        await Promise.resolve(done).catch(() => {})
      }
      for (const [i, person] of people.entries()) {
        const start = before[i] as Bootstrap
        const rows = await bed.told(start.pos)
        for (const row of rows) kinds.add(row.kind)
        expect(comparable(follow(start, rows))).toEqual(comparable(await person.bootstrap()))
      }
    }),
    { numRuns: 12, endOnFailure: true, examples: [[life]] },
  )
  for (const kind of ["conversation:added", "conversation:updated", "conversation:removed", "channel:updated"])
    expect(kinds).toContain(kind)
}, 240_000)

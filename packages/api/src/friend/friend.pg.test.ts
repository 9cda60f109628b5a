import { type Bootstrap, MAX_FRIEND_REQUESTS, newSnowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let bob: Person
let sam: Person

beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  // Ada and Bob share a server, Sam shares none with anybody.
  ;[ada, bob, sam] = await Promise.all([bed.person("Ada"), bed.person("Bob"), bed.person("Sam")])
  const { guild } = await ada.call.guild.create({ name: "Home" })
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
})

const codeOf = async (who: Person) => (await who.call.friend.code()).code
const incoming = async (who: Person) => (await who.call.friend.requests({ way: "in" })).items
const outgoing = async (who: Person) => (await who.call.friend.requests({ way: "out" })).items
const friends = async (who: Person) => (await who.call.friend.list({})).items.map((user) => user.id)
const stateOf = async (who: Person, of: Person) => (await who.call.friend.state({ userId: of.userId })).state
const ownPart = ({ friends: ids, asked }: Bootstrap) => ({ friends: ids, asked })
/** Who was told something since, and what. */
const toldSince = async (pos: string) => (await bed.told(pos)).map((row) => `${row.kind} ${row.audience}`)

describe("asking", () => {
  test("a person of one's server: both see it wait, and it is accepted once", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    await ada.call.friend.ask({ userId: bob.userId })
    expect(await incoming(bob)).toMatchObject([{ user: { id: ada.userId, displayName: "Ada" } }])
    expect(await outgoing(ada)).toMatchObject([{ user: { id: bob.userId } }])
    expect([await stateOf(ada, bob), await stateOf(bob, ada)]).toEqual(["asked", "asking"])
    expect(ownPart(await bob.bootstrap())).toEqual({ asked: 1 })
    expect(ownPart(await ada.bootstrap())).toEqual({})

    const [request] = await incoming(bob)
    await bob.call.friend.accept({ requestId: request?.id ?? "" })
    expect([await friends(ada), await friends(bob)]).toEqual([[bob.userId], [ada.userId]])
    expect([await incoming(bob), await outgoing(ada)]).toEqual([[], []])
    expect([await stateOf(ada, bob), await stateOf(bob, ada)]).toEqual(["friends", "friends"])
    expect(ownPart(await ada.bootstrap())).toEqual({ friends: [bob.userId] })
    expect(await failureCode(bob.call.friend.accept({ requestId: request?.id ?? "" }))).toBe("UNKNOWN_MEMBER")
  })

  test("whoever asks somebody that asked them has answered, also when both do at once", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    await bob.call.friend.ask({ userId: ada.userId })
    expect(await friends(ada)).toEqual([bob.userId])
    const [codeOfAda, codeOfSam] = [await codeOf(ada), await codeOf(sam)]
    await Promise.all([ada.call.friend.ask({ code: codeOfSam }), sam.call.friend.ask({ code: codeOfAda })])
    expect(await friends(sam)).toEqual([ada.userId])
    expect([...(await incoming(sam)), ...(await outgoing(sam)), ...(await outgoing(ada))]).toEqual([])
  })

  test("whom one shares nothing with one finds by a code alone; to others they are not there", async () => {
    expect(await failureCode(sam.call.friend.ask({ userId: ada.userId }))).toBe("UNKNOWN_MEMBER")
    expect(await failureCode(sam.call.friend.ask({ userId: newSnowflake() }))).toBe("UNKNOWN_MEMBER")
    expect(await stateOf(sam, ada)).toBe("none")
    const code = await codeOf(ada)
    expect(await codeOf(ada)).toBe(code)
    await sam.call.friend.ask({ code: `Ada#${code.slice(0, 4)}-${code.slice(4).toUpperCase()}` })
    const [request] = await incoming(ada)
    expect(request?.user).toMatchObject({ displayName: "Sam" })
    await ada.call.friend.accept({ requestId: request?.id ?? "" })
    expect(await sam.call.user.byIds({ userIds: [ada.userId, bob.userId] })).toMatchObject([{ id: ada.userId }])
  })

  test("who asks by a code learns neither whose it is nor whether it is anybody's", async () => {
    const code = await codeOf(ada)
    await ada.call.friend.renewCode()
    expect(await codeOf(ada)).not.toBe(code)
    const [renewed, nobodys] = [await codeOf(ada), code]
    const answers = [await sam.call.friend.ask({ code: renewed }), await sam.call.friend.ask({ code: nobodys })]
    expect(answers[0]).toEqual(answers[1])
    const shown = (await outgoing(sam)).map(({ id, at, ...rest }) => [typeof id, typeof at, rest] as const)
    expect(new Set(shown)).toEqual(
      new Set([
        ["string", "number", { code: nobodys }],
        ["string", "number", { code: renewed }],
      ]),
    )
    expect(await incoming(ada)).toHaveLength(1)
    expect(await stateOf(sam, ada)).toBe("none")
    expect(await failureCode(ada.call.friend.ask({ code: renewed }))).toBe("BAD_REQUEST")
  })

  test("what is taken back is gone for both, and may be asked again", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    const [request] = await outgoing(ada)
    await bob.call.friend.cancel({ requestId: request?.id ?? "" })
    expect(await incoming(bob)).toHaveLength(1)
    await ada.call.friend.cancel({ requestId: request?.id ?? "" })
    expect([await incoming(bob), await outgoing(ada)]).toEqual([[], []])
    await ada.call.friend.ask({ userId: bob.userId })
    expect(await incoming(bob)).toHaveLength(1)
  })

  test("who was asked in two ways hears of one, and of the other one when that is taken back", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    await ada.call.friend.ask({ code: await codeOf(bob) })
    expect([await incoming(bob), await outgoing(ada)].map((list) => list.length)).toEqual([1, 2])
    const byName = (await outgoing(ada)).find((request) => request.user)
    const since = await bed.head()
    await ada.call.friend.cancel({ requestId: byName?.id ?? "" })
    expect([await incoming(bob), await outgoing(ada)].map((list) => list.length)).toEqual([1, 1])
    expect(new Set(await toldSince(since))).toEqual(
      new Set([`friend:asked user:${ada.userId}`, `friend:asked user:${bob.userId}`]),
    )
    // Not of somebody who wants to hear of nobody by now.
    await ada.call.friend.ask({ userId: bob.userId })
    await bob.call.friend.setRules({ open: false })
    const byCode = (await outgoing(ada)).find((request) => !request.user)
    await ada.call.friend.cancel({ requestId: byCode?.id ?? "" })
    expect([await incoming(bob), await outgoing(ada)].map((list) => list.length)).toEqual([0, 1])
  })

  test("is bounded, and so is guessing codes", async () => {
    for (let i = 0; i < MAX_FRIEND_REQUESTS; i++)
      await sam.call.friend.ask({ code: `${String(i).padStart(4, "0")}aaaa` })
    expect(await failureCode(sam.call.friend.ask({ code: "zzzzzzzz" }))).toBe("TOO_MANY")
    await using strict = await testBed({ limitScale: 1 })
    const guesser = await strict.person("Guesser")
    for (let i = 0; i < 20; i++) await guesser.call.friend.ask({ code: `${String(i).padStart(4, "0")}bbbb` })
    expect(await failureCode(guesser.call.friend.ask({ code: "zzzzzzzz" }))).toBe("RATE_LIMITED")
  })
})

describe("who does not want to", () => {
  test("declines for good: the other goes on seeing it wait, and is not heard again", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    const before = await outgoing(ada)
    const [request] = await incoming(bob)
    const since = await bed.head()
    await bob.call.friend.decline({ requestId: request?.id ?? "" })
    expect(await toldSince(since)).toEqual([`friend:asked user:${bob.userId}`])
    expect(await outgoing(ada)).toEqual(before)
    expect(await stateOf(ada, bob)).toBe("asked")
    await ada.call.friend.cancel({ requestId: request?.id ?? "" })
    expect(await outgoing(ada)).toEqual([])
    await ada.call.friend.ask({ userId: bob.userId })
    await ada.call.friend.ask({ code: await codeOf(bob) })
    expect(await outgoing(ada)).toHaveLength(2)
    expect(await incoming(bob)).toEqual([])
    // Unless they change their mind.
    await bob.call.friend.ask({ userId: ada.userId })
    expect(await friends(ada)).toEqual([bob.userId])
  })

  test("takes no requests at all, and nobody who asks can tell", async () => {
    expect(await bob.call.friend.rules()).toEqual({ open: true })
    await bob.call.friend.setRules({ open: false })
    expect(await bob.call.friend.rules()).toEqual({ open: false })
    await ada.call.friend.ask({ userId: bob.userId })
    await sam.call.friend.ask({ code: await codeOf(bob) })
    expect(await incoming(bob)).toEqual([])
    expect(ownPart(await bob.bootstrap())).toEqual({})
    expect(await outgoing(ada)).toMatchObject([{ user: { id: bob.userId } }])
    expect(await outgoing(sam)).toHaveLength(1)
    await bob.call.friend.ask({ userId: ada.userId })
    expect(await friends(bob)).toEqual([ada.userId])
  })

  test("removes a friend: both hear that it is over", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    await bob.call.friend.ask({ userId: ada.userId })
    const since = await bed.head()
    await bob.call.friend.remove({ userId: ada.userId })
    expect(new Set(await toldSince(since))).toEqual(
      new Set([`friend:removed user:${ada.userId}`, `friend:removed user:${bob.userId}`]),
    )
    expect([await friends(ada), await friends(bob)]).toEqual([[], []])
    const again = await bed.head()
    await bob.call.friend.remove({ userId: ada.userId })
    expect(await toldSince(again)).toEqual([])
  })
})

describe("a block", () => {
  test("ends friendship, and to the blocked one that looks like the end of a friendship", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    await bob.call.friend.ask({ userId: ada.userId })
    const since = await bed.head()
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    const toAda = (await bed.told(since)).filter((row) => row.audience === `user:${ada.userId}`)
    expect(toAda).toMatchObject([{ kind: "friend:removed", payload: { userId: bob.userId } }])
    expect(await friends(bob)).toEqual([])
  })

  test("leaves what the blocked one asked as it looks, and lets nothing new through", async () => {
    await ada.call.friend.ask({ userId: bob.userId })
    const before = await outgoing(ada)
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    expect(await outgoing(ada)).toEqual(before)
    expect([await incoming(bob), ownPart(await bob.bootstrap())]).toEqual([[], {}])
    await ada.call.friend.cancel({ requestId: before[0]?.id ?? "" })
    const since = await bed.head()
    expect(await ada.call.friend.ask({ userId: bob.userId })).toEqual({})
    expect(await ada.call.friend.ask({ code: await codeOf(bob) })).toEqual({})
    expect(new Set(await toldSince(since))).toEqual(new Set([`friend:asked user:${ada.userId}`]))
    expect(await incoming(bob)).toEqual([])
    expect(await stateOf(ada, bob)).toBe("asked")
    expect(await failureCode(bob.call.friend.ask({ userId: ada.userId }))).toBe("FORBIDDEN")
    await bob.call.conversation.block({ userId: ada.userId, blocked: false })
    await bob.call.friend.ask({ userId: ada.userId })
    expect(await friends(bob)).toEqual([ada.userId])
  })

  test("takes back what one asked oneself", async () => {
    await bob.call.friend.ask({ userId: ada.userId })
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    expect([await incoming(ada), await outgoing(bob), ownPart(await ada.bootstrap())]).toEqual([[], [], {}])
  })
})

test("friends write to each other without a server, and are not asked first", async () => {
  await sam.call.friend.ask({ code: await codeOf(ada) })
  await ada.call.friend.ask({ code: await codeOf(sam) })
  await ada.call.conversation.setRules({ asksFirst: true })
  const open = (who: Person, whom: Person) => who.call.conversation.open({ userIds: [whom.userId] })
  const { conversationId } = await open(sam, ada)
  const { conversationId: fromBob } = await open(bob, ada)
  const requestOf = async (id: string) => {
    const rows = await bed.db
      .select()
      .from(schema.conversationMembers)
      .where(eq(schema.conversationMembers.conversationId, id))
    return rows.find((row) => row.userId === ada.userId)?.request
  }
  expect([await requestOf(conversationId), await requestOf(fromBob)]).toEqual(["accepted", "pending"])
  expect(await failureCode(open(sam, bob))).toBe("UNKNOWN_MEMBER")
  const found = async (prefix: string) => (await ada.call.conversation.find({ prefix, limit: 5 })).map((u) => u.id)
  expect([await found("s"), await found("b"), await found("x")]).toEqual([[sam.userId], [bob.userId], []])
  expect((await ada.call.conversation.open({ userIds: [sam.userId, bob.userId] })).conversationId).not.toBe(
    conversationId,
  )
})

test.each(["pending", "declined"] as const)(
  "a conversation that was %s is none of these between friends",
  async (was) => {
    await ada.call.conversation.setRules({ asksFirst: true })
    const { conversationId } = await bob.call.conversation.open({ userIds: [ada.userId] })
    await bed.db
      .update(schema.conversationMembers)
      .set({ request: was, closed: true })
      .where(eq(schema.conversationMembers.userId, ada.userId))
    const talks = async () => (await ada.bootstrap()).guilds.filter((g) => g.conversation)
    expect(await talks()).toEqual([])
    const since = await bed.head()
    await ada.call.friend.ask({ userId: bob.userId })
    await bob.call.friend.ask({ userId: ada.userId })
    expect(await talks()).toMatchObject([{ guild: { id: conversationId }, conversation: { pending: false } }])
    expect(await toldSince(since)).toContain(`conversation:added user:${ada.userId}`)
    expect((await toldSince(since)).filter((told) => told.startsWith("conversation:"))).toHaveLength(1)
  },
)

test("a conversation is no server by which one asks", async () => {
  await ada.call.conversation.open({ userIds: [bob.userId] })
  const [home] = (await bob.bootstrap()).guilds
  await bob.call.guild.leave({ guildId: home?.guild.id ?? "" })
  expect(await failureCode(bob.call.friend.ask({ userId: ada.userId }))).toBe("UNKNOWN_MEMBER")
})

test("the list is by name, and paged", async () => {
  for (const name of ["Zoe", "ben", "Carl"]) {
    const person = await bed.person(name)
    await person.call.friend.ask({ code: await codeOf(ada) })
    await ada.call.friend.ask({ code: await codeOf(person) })
  }
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await ada.call.friend.list({ limit: 2, ...(cursor && { cursor }) })
    names.push(...page.items.map((user) => user.displayName))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(names).toEqual(["ben", "Carl", "Zoe"])
})

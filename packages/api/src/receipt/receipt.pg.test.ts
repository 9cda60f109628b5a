import { newSnowflake } from "@hearth/core"
import { consumeMentions } from "@hearth/db/mentions"
import { raiseReceipts } from "@hearth/db/receipts"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { type Bed, failure, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let bob: Person
let cleo: Person
let sam: Person

beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  ;[ada, bob, cleo, sam] = await Promise.all([
    bed.person("Ada"),
    bed.person("Bob"),
    bed.person("Cleo"),
    bed.person("Sam"),
  ])
  const { guild } = await ada.call.guild.create({ name: "Home" })
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  for (const person of [bob, cleo, sam]) await person.call.invite.join({ code })
})

const openWith = async (who: Person, ...others: Person[]): Promise<string> =>
  (await who.call.conversation.open({ userIds: others.map((o) => o.userId) })).conversationId
const say = async (person: Person, conversationId: string, content: string): Promise<void> => {
  await bed.deps.store.append(conversationId, [
    { authorId: person.userId, nonce: newSnowflake(), content, replyTo: null },
  ])
  while ((await consumeMentions(bed.db, bed.deps.store, conversationId)).more);
}
/** As a gateway writes it. */
const raise = (person: Person, conversationId: string, delivered: number, read: number) =>
  raiseReceipts(bed.db, [{ conversationId, userId: person.userId, delivered, read, known: delivered }])
const seenBy = async (reader: Person, conversationId: string) =>
  (await reader.call.receipt.list({ conversationId })).items.map(({ user, since, delivered, read }) => [
    user.displayName,
    since,
    delivered,
    read,
  ])

describe("how far the others have a conversation", () => {
  test("is listed by name for its people; for everybody else it is not there", async () => {
    const id = await openWith(ada, cleo, bob)
    await say(ada, id, "hello")
    expect(await seenBy(ada, id)).toEqual([
      ["Bob", 0, 0, 0],
      ["Cleo", 0, 0, 0],
    ])
    await raise(bob, id, 1, 0)
    await raise(cleo, id, 1, 1)
    expect(await ada.call.receipt.list({ conversationId: id })).toMatchObject({
      items: [
        { user: { id: bob.userId }, delivered: 1, read: 0 },
        { user: { id: cleo.userId }, delivered: 1, read: 1 },
      ],
      next: null,
    })
    const { retryAfterMs: _, ...refused } = await failure(sam.call.receipt.list({ conversationId: id }))
    expect(refused).toEqual(await failure(sam.call.receipt.list({ conversationId: newSnowflake() })))
    expect(refused.code).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(bed.stranger().receipt.list({ conversationId: id }))).toBe("UNAUTHENTICATED")
  })

  test("who comes into a group later has nothing from before, also when they come again", async () => {
    const id = await openWith(ada, bob, cleo)
    await say(ada, id, "one")
    await say(ada, id, "two")
    await ada.call.conversation.add({ conversationId: id, userIds: [sam.userId] })
    expect(await seenBy(ada, id)).toContainEqual(["Sam", 2, 2, 2])
    await say(ada, id, "three")
    await raise(sam, id, 3, 3)
    expect(await seenBy(bob, id)).toContainEqual(["Sam", 2, 3, 3])
    await ada.call.conversation.remove({ conversationId: id, userId: sam.userId })
    expect((await seenBy(ada, id)).map(([name]) => name)).toEqual(["Bob", "Cleo"])
    expect(await raise(sam, id, 3, 3)).toEqual([])
    expect(await failureCode(sam.call.receipt.list({ conversationId: id }))).toBe("UNKNOWN_CHANNEL")
    await say(ada, id, "four")
    await ada.call.conversation.add({ conversationId: id, userIds: [sam.userId] })
    expect(await seenBy(ada, id)).toContainEqual(["Sam", 4, 4, 4])
  })

  test("is told only while both tell: the rule holds both ways, and everybody begins with it on", async () => {
    const id = await openWith(ada, bob)
    await say(ada, id, "hello")
    expect(await bob.call.receipt.rules()).toEqual({ shown: true })
    await raise(bob, id, 1, 1)
    await raise(ada, id, 1, 1)
    expect(await bob.call.receipt.setRules({ shown: false })).toEqual({ shown: false })
    expect(await bob.call.receipt.rules()).toEqual({ shown: false })
    expect(await seenBy(ada, id)).toEqual([["Bob", 0, 0, 0]])
    expect(await seenBy(bob, id)).toEqual([["Ada", 0, 0, 0]])
    await say(ada, id, "more")
    expect(await raise(bob, id, 2, 2)).toEqual([])
    expect(await raise(ada, id, 2, 2)).toMatchObject([{ people: [ada.userId] }])
    await bob.call.receipt.setRules({ shown: true })
    expect(await seenBy(ada, id)).toEqual([["Bob", 0, 1, 1]])
    expect(await seenBy(bob, id)).toEqual([["Ada", 0, 2, 2]])
  })

  test("[P5] of who came in later it says the same while nothing is told as when nothing has arrived", async () => {
    await sam.call.conversation.setRules({ asksFirst: true })
    const id = await openWith(ada, bob, cleo)
    await say(ada, id, "one")
    await say(ada, id, "two")
    await ada.call.conversation.add({ conversationId: id, userIds: [sam.userId] })
    const nothing = ["Sam", 2, 2, 2]
    expect(await seenBy(ada, id)).toContainEqual(nothing)
    await sam.call.conversation.accept({ conversationId: id })
    expect(await seenBy(ada, id)).toContainEqual(nothing)
    await sam.call.receipt.setRules({ shown: false })
    expect(await seenBy(ada, id)).toContainEqual(nothing)
    await sam.call.receipt.setRules({ shown: true })
    await sam.call.conversation.block({ userId: ada.userId, blocked: true })
    expect(await seenBy(ada, id)).toContainEqual(nothing)
    await say(ada, id, "three")
    await raise(sam, id, 3, 3)
    expect(await seenBy(ada, id)).toContainEqual(nothing)
    expect(await seenBy(bob, id)).toContainEqual(["Sam", 2, 3, 3])
  })

  test("stands still in a request until it is accepted, and between two of whom one blocked the other", async () => {
    await bob.call.conversation.setRules({ asksFirst: true })
    const id = await openWith(ada, bob)
    await say(ada, id, "may I?")
    expect(await raise(bob, id, 1, 1)).toEqual([])
    await bob.call.conversation.accept({ conversationId: id })
    expect(await seenBy(ada, id)).toEqual([["Bob", 0, 0, 0]])
    expect(await raise(bob, id, 1, 1)).toMatchObject([{ conversationId: id, receipts: [{ userId: bob.userId }] }])
    await say(ada, id, "thank you")
    await bob.call.conversation.block({ userId: ada.userId, blocked: true })
    expect(await raise(bob, id, 2, 2)).toEqual([])
    expect(await raise(ada, id, 2, 2)).toEqual([])
    expect(await seenBy(ada, id)).toEqual([["Bob", 0, 1, 1]])
    await bob.call.conversation.block({ userId: ada.userId, blocked: false })
    expect(await raise(bob, id, 2, 2)).toHaveLength(1)
  })
})

test("what is no number of the log moves nothing, and the others in the batch move", async () => {
  const id = await openWith(ada, bob, cleo)
  await say(ada, id, "hello")
  const move = { conversationId: id, read: 0, known: 0 }
  const moved = await raiseReceipts(bed.db, [
    { ...move, userId: bob.userId, delivered: Number.MAX_SAFE_INTEGER },
    { ...move, userId: cleo.userId, delivered: 1 },
    { ...move, userId: sam.userId, delivered: 1 },
    { ...move, conversationId: newSnowflake(), userId: bob.userId, delivered: 1 },
  ])
  expect(moved[0]?.receipts.map((r) => [r.userId, r.delivered]).toSorted()).toEqual(
    [
      [bob.userId, 1],
      [cleo.userId, 1],
    ].toSorted(),
  )
  expect(new Set(moved[0]?.people)).toEqual(new Set([ada.userId, bob.userId, cleo.userId]))
  expect(await raiseReceipts(bed.db, [{ ...move, userId: bob.userId, delivered: 1 }])).toEqual([])
})

test("each rule that one sets is told to one's own devices, and to nobody else", async () => {
  await openWith(ada, bob)
  const since = await bed.head()
  await ada.call.receipt.setRules({ shown: false })
  await ada.call.lastActive.setRules({ shown: true })
  await ada.call.friend.setRules({ open: false })
  await ada.call.conversation.setRules({ asksFirst: true })
  const rules = [{ receipts: false }, { lastActive: true }, { open: false }, { asksFirst: true }]
  expect((await bed.told(since)).map(({ kind, audience, payload }) => [kind, audience, payload])).toEqual(
    rules.map((set) => ["rules:updated", `user:${ada.userId}`, set]),
  )
})

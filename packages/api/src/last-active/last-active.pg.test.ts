import { newSnowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { keepActive } from "@hearth/db/last-active"
import { consumeMentions } from "@hearth/db/mentions"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { limitTable } from "../limits.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let bob: Person
let guildId: string
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  ;[ada, bob] = await Promise.all([bed.person("Ada"), bed.person("Bob")])
  guildId = (await ada.call.guild.create({ name: "Home" })).guild.id
  const { code } = await ada.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
})

const show = async (...people: Person[]) => {
  for (const { call } of people) expect(await call.lastActive.setRules({ shown: true })).toEqual({ shown: true })
  await keepActive(
    bed.db,
    people.map((person) => person.userId),
  )
}
/** Asked of one or of several, the answer is one. */
const sees = async (who: Person, whom: Person) => {
  const { agoMs } = await who.call.lastActive.of({ userId: whom.userId })
  const several = await who.call.lastActive.ofMany({ userIds: [whom.userId, who.userId, newSnowflake()] })
  expect(several.agoMs).toEqual(agoMs === null ? {} : { [whom.userId]: agoMs })
  return agoMs !== null
}
const areFriends = async (a: Person, b: Person) => {
  await a.call.friend.ask({ userId: b.userId })
  await b.call.friend.ask({ userId: a.userId })
}
const say = async (person: Person, conversationId: string): Promise<void> => {
  await bed.deps.store.append(conversationId, [
    { authorId: person.userId, nonce: newSnowflake(), content: "hello", replyTo: null },
  ])
  while ((await consumeMentions(bed.db, bed.deps.store, conversationId)).more);
}

test("is shown by nobody who did not say so, between friends, to the minute, and only while both show it", async () => {
  expect(await ada.call.lastActive.rules()).toEqual({ shown: false })
  await areFriends(ada, bob)
  await show(ada)
  await keepActive(bed.db, [bob.userId])
  for (const [who, whom] of [
    [ada, bob],
    [bob, ada],
  ] as const)
    expect(await sees(who, whom)).toBe(false)
  await show(bob)
  expect(await ada.call.lastActive.of({ userId: bob.userId })).toEqual({ agoMs: expect.any(Number) })
  const at = new Date(Date.now() - 20.5 * 60_000)
  await bed.db.update(schema.lastActive).set({ at }).where(eq(schema.lastActive.userId, bob.userId))
  const { agoMs } = await ada.call.lastActive.of({ userId: bob.userId })
  expect(agoMs).toBeGreaterThanOrEqual(20 * 60_000)
  expect((agoMs ?? 1) % 60_000).toBe(0)
  expect(await sees(bob, ada)).toBe(true)
  await bob.call.lastActive.setRules({ shown: false })
  expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([false, false])
  // What was known is gone: it does not come back with the switch.
  await bob.call.lastActive.setRules({ shown: true })
  expect(await ada.call.lastActive.of({ userId: bob.userId })).toEqual({ agoMs: null })
})

test("is shown to who writes with one, once both have, and only where they see each other", async () => {
  await show(ada, bob)
  expect(await sees(ada, bob)).toBe(false)
  const { conversationId } = await ada.call.conversation.open({ userIds: [bob.userId] })
  for (let i = 0; i < 2; i++) await say(ada, conversationId)
  expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([false, false])
  await say(bob, conversationId)
  expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([true, true])
  await ada.call.member.kick({ guildId, userId: bob.userId })
  expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([false, false])
})

test("[P5] a block hides it on both sides, also where they write; to oneself and to strangers there is nothing", async () => {
  await show(ada, bob)
  const { conversationId } = await ada.call.conversation.open({ userIds: [bob.userId] })
  for (const person of [ada, bob]) await say(person, conversationId)
  expect(await sees(bob, ada)).toBe(true)
  await ada.call.conversation.block({ userId: bob.userId, blocked: true })
  expect([await sees(ada, bob), await sees(bob, ada)]).toEqual([false, false])
  const sam = await bed.person("Sam")
  await show(sam)
  expect([await sees(sam, ada), await sees(ada, sam), await sees(ada, ada)]).toEqual([false, false, false])
  expect(await sam.call.lastActive.of({ userId: newSnowflake() })).toEqual({ agoMs: null })
})

test("[P5] of several it tells of those whom one may see, and of no others", async () => {
  const [cleo, dora, sam] = await Promise.all([bed.person("Cleo"), bed.person("Dora"), bed.person("Sam")])
  const { code } = await ada.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  for (const { call } of [cleo, dora]) await call.invite.join({ code })
  for (const friend of [bob, cleo, dora]) await areFriends(ada, friend)
  await show(ada, bob, cleo, sam)
  await keepActive(bed.db, [dora.userId])
  const userIds = [ada, bob, cleo, dora, sam].map(({ userId }) => userId)
  const told = async () => Object.keys((await ada.call.lastActive.ofMany({ userIds })).agoMs).toSorted()
  expect(await told()).toEqual([bob.userId, cleo.userId].toSorted())
  await cleo.call.conversation.block({ userId: ada.userId, blocked: true })
  expect(await told()).toEqual([bob.userId])
  await ada.call.lastActive.setRules({ shown: false })
  expect(await told()).toEqual([])
  expect(await ada.call.lastActive.ofMany({ userIds: [] })).toEqual({ agoMs: {} })
  const tooMany = Array.from({ length: 101 }, () => newSnowflake())
  await expect(ada.call.lastActive.ofMany({ userIds: tooMany })).rejects.toThrow()
})

test("nothing is kept of who does not show it, and of who does it only moves on", async () => {
  await keepActive(bed.db, [ada.userId])
  const rows = () => bed.db.select().from(schema.lastActive).where(eq(schema.lastActive.userId, ada.userId))
  expect(await rows()).toEqual([])
  await show(ada)
  const later = new Date("2200-02-02T02:02:00Z")
  await bed.db.update(schema.lastActive).set({ at: later }).where(eq(schema.lastActive.userId, ada.userId))
  await keepActive(bed.db, [ada.userId])
  expect(await rows()).toEqual([{ userId: ada.userId, at: later }])
})

test("is asked so often and no more, and so are one's own rules set", async () => {
  await using strict = await testBed({ limitScale: 1 })
  const { call, userId } = await strict.person("Eager")
  for (let i = 0; i < limitTable.lastActiveByAccount.burst; i++) await call.lastActive.of({ userId })
  expect(await failureCode(call.lastActive.ofMany({ userIds: [userId] }))).toBe("RATE_LIMITED")
  const set = [
    (on: boolean) => call.lastActive.setRules({ shown: on }),
    (on: boolean) => call.receipt.setRules({ shown: on }),
    (on: boolean) => call.friend.setRules({ open: on }),
    (on: boolean) => call.conversation.setRules({ asksFirst: on }),
  ]
  let done = 0
  const rest = async () => {
    for (; done < 10 * limitTable.statusByAccount.burst; done++) await set[done % set.length]?.(done % 2 === 0)
  }
  expect(await failureCode(rest())).toBe("RATE_LIMITED")
  for (const one of set) expect(await failureCode(one(true))).toBe("RATE_LIMITED")
})

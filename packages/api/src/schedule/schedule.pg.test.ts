import { bits, MAX_SCHEDULED, userRoom } from "@hearth/core"
import { schema } from "@hearth/db"
import { BodyKeys, newBodyKey, openBodies, rotateScheduled } from "@hearth/db/message-store"
import { claimNext, LEASE_MS, settle } from "@hearth/db/schedule"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { toCursor } from "../paging.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

const HOUR = 3_600_000
const [first, second] = [newBodyKey(1), newBodyKey(2)]
const { scheduledMessages } = schema
let bed: Bed
let ada: Person
let bob: Person
let guildId: string
let channelId: string
beforeAll(async () => {
  bed = await testBed({ bodyKeys: BodyKeys.parse(first) })
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  await bed.db.delete(scheduledMessages)
  ;[ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  guildId = guild.id
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
})

let keys = 0
const schedule = (content: string, inMs = HOUR, key = `key-of-sixteen-${++keys}`) =>
  bob.call.schedule.create({ channelId, key, content, sendAt: bed.deps.clock() + inMs })
const waiting = async () => (await bob.call.schedule.list({})).items.map((item) => item.content)
/** What a gateway does with what is due, but for the sending. */
const run = async (outcome: Parameters<typeof settle>[3]) => {
  const due = await claimNext(bed.db, bed.deps.clock())
  return due ? settle(bed.db, due, bed.deps.clock, outcome) : null
}

describe("scheduled messages", () => {
  it("[7.9] are one's own: listed by their time, page by page, told to one's devices without what they say", async () => {
    const since = await bed.head()
    const last = await schedule("the last", 3 * HOUR)
    await schedule("the first", HOUR)
    await schedule("the second", 2 * HOUR)
    expect(await waiting()).toEqual(["the first", "the second", "the last"])
    const page = await bob.call.schedule.list({ limit: 2 })
    expect(page.items[0]).toMatchObject({ guildId, channelId, version: 1, sending: false, failed: null, replyTo: null })
    const rest = await bob.call.schedule.list({ limit: 2, cursor: page.next ?? "" })
    expect(rest).toMatchObject({ items: [{ content: "the last" }], next: null })
    const forged = toCursor(["1", "9999999999999999999"])
    expect(await failureCode(bob.call.schedule.list({ cursor: forged }))).toBe("BAD_REQUEST")
    const [told] = await bed.told(since)
    expect([told?.kind, told?.audience, told?.payload]).toEqual([
      "schedule:changed",
      userRoom(bob.userId),
      { scheduledId: last.id, channelId, state: "waiting", unsent: 0 },
    ])
    expect((await ada.call.schedule.list({})).items).toEqual([])
    expect(await failureCode(ada.call.schedule.update({ scheduledId: last.id, version: 1, content: "mine" }))).toBe(
      "UNKNOWN_MESSAGE",
    )
    expect(await ada.call.schedule.cancel({ scheduledId: last.id })).toEqual({ cancelled: false })
    for (const { body } of await bed.db.select().from(scheduledMessages)) expect(body.includes("the")).toBe(false)
  })

  it("[7.9] the same asked for twice is scheduled once", async () => {
    const key = "key-of-sixteen-letters"
    const one = await schedule("once", HOUR, key)
    expect(await schedule("once", HOUR, key)).toEqual(one)
    expect(await waiting()).toEqual(["once"])
  })

  it("are changed, put off, sent at once and taken back; an old version changes nothing", async () => {
    const { id: scheduledId } = await schedule("hello", HOUR)
    const at = bed.deps.clock() + 5 * HOUR
    expect(await bob.call.schedule.update({ scheduledId, version: 1, content: "hello all" })).toMatchObject({
      version: 2,
      content: "hello all",
    })
    expect(await bob.call.schedule.update({ scheduledId, version: 2, sendAt: at })).toMatchObject({ sendAt: at })
    expect(await failureCode(bob.call.schedule.update({ scheduledId, version: 1, content: "old" }))).toBe("CONFLICT")
    expect(await claimNext(bed.db, bed.deps.clock())).toBeNull()
    await bob.call.schedule.sendNow({ scheduledId, version: 3 })
    const said: string[] = []
    await run(async ({ body, userId, id }) => {
      said.push(bed.deps.bodies.open(body, `scheduled:${userId}:${id}`))
      return { kind: "sent" }
    })
    expect([said, await waiting()]).toEqual([["hello all"], []])
    const other = await schedule("never mind")
    expect(await bob.call.schedule.cancel({ scheduledId: other.id })).toEqual({ cancelled: true })
    expect(await bob.call.schedule.cancel({ scheduledId: other.id })).toEqual({ cancelled: false })
    expect(await waiting()).toEqual([])
  })

  it("what could not be sent says why and counts until its author has seen to it; what is on its way is nobody's to change", async () => {
    const { id: scheduledId } = await schedule("hello", 1000)
    bed.pass(2000)
    const claimed = await claimNext(bed.db, bed.deps.clock())
    expect(claimed).toEqual({ id: scheduledId, userId: bob.userId, tries: 1 })
    expect((await bob.call.schedule.list({})).items[0]).toMatchObject({ sending: true })
    for (const work of [
      () => bob.call.schedule.update({ scheduledId, version: 1, content: "changed" }),
      () => bob.call.schedule.sendNow({ scheduledId, version: 1 }),
      () => bob.call.schedule.cancel({ scheduledId }),
    ])
      expect(await failureCode(work())).toBe("CONFLICT")
    const since = await bed.head()
    await settle(bed.db, { id: scheduledId, tries: 1 }, bed.deps.clock, async () => ({
      kind: "failed",
      code: "FORBIDDEN",
    }))
    expect((await bed.told(since))[0]?.payload).toMatchObject({ state: "failed", unsent: 1 })
    expect((await bob.bootstrap()).unsent).toBe(1)
    expect((await bob.call.schedule.list({})).items).toMatchObject([
      { content: "hello", failed: "FORBIDDEN", sending: false },
    ])
    // Nobody tries it again by themselves.
    expect(await claimNext(bed.db, bed.deps.clock() + 24 * HOUR)).toBeNull()
    await bob.call.schedule.update({ scheduledId, version: 1, sendAt: bed.deps.clock() + HOUR })
    expect((await bob.bootstrap()).unsent).toBeUndefined()
    expect((await bob.call.schedule.list({})).items).toMatchObject([{ failed: null }])
  })

  it("a crash after the sending leaves it claimed, so the next try is one that may have arrived", async () => {
    await schedule("hello", 1000)
    bed.pass(2000)
    const crash = run(async () => {
      throw new Error("kill -9")
    })
    await expect(crash).rejects.toThrow("kill -9")
    expect(await failureCode(bob.call.schedule.cancel({ scheduledId: await theOne() }))).toBe("CONFLICT")
    let tries = 0
    bed.pass(LEASE_MS)
    await run(async (due) => {
      tries = due.tries
      return { kind: "later", inMs: HOUR, isIn: "maybe" }
    })
    expect(tries).toBe(2)
    expect(await claimNext(bed.db, bed.deps.clock())).toBeNull()
    bed.pass(HOUR)
    // One that is being tried is passed over by everybody else.
    await run(async () => {
      expect(await run(async () => ({ kind: "sent" }))).toBeNull()
      return { kind: "sent" }
    })
    expect(await waiting()).toEqual([])
  })

  it("one node claims a message, and no other before it may have died; what it cannot try holds up none of the rest", async () => {
    const now = () => bed.deps.clock()
    const one = await schedule("one", 1000)
    const two = await schedule("two", 1500)
    bed.pass(2000)
    const first = await claimNext(bed.db, now())
    expect(first).toMatchObject({ id: one.id, tries: 1 })
    expect(await claimNext(bed.db, now())).toMatchObject({ id: two.id, tries: 1 })
    expect(await claimNext(bed.db, now())).toBeNull()
    bed.pass(LEASE_MS)
    const again = await claimNext(bed.db, now())
    expect(again).toMatchObject({ id: one.id, tries: 2 })
    // The first was only slow: what it claimed is another's by now.
    const sent = async () => ({ kind: "sent" }) as const
    expect(first && (await settle(bed.db, first, now, sent))).toBe(false)
    expect(again && (await settle(bed.db, again, now, sent))).toBe(true)
    expect(await waiting()).toEqual(["two"])
  })
  const theOne = async () => (await bob.call.schedule.list({})).items[0]?.id ?? ""

  it("are for who may write there, of the coming year, and not more than so many", async () => {
    const denied = {
      channelId,
      target: "member",
      targetId: bob.userId,
      allow: 0n,
      deny: bits("SEND_MESSAGES"),
    } as const
    await bed.db.insert(schema.channelOverwrites).values(denied)
    expect(await failureCode(schedule("no"))).toBe("FORBIDDEN")
    await bed.db.update(schema.channelOverwrites).set({ deny: bits("VIEW_CHANNEL") })
    expect(await failureCode(schedule("no"))).toBe("UNKNOWN_CHANNEL")
    await bed.db.delete(schema.channelOverwrites).where(eq(schema.channelOverwrites.channelId, channelId))
    expect(await failureCode(schedule("too far", 400 * 24 * HOUR))).toBe("BAD_REQUEST")
    expect(await failureCode(schedule("  "))).toBe("BAD_REQUEST")
    for (let i = 0; i < MAX_SCHEDULED; i++) await schedule(`${i}`)
    expect(await failureCode(schedule("one more"))).toBe("TOO_MANY")
    // A channel that is gone takes none of them along, and is not named.
    await ada.call.channel.delete({ channelId })
    const { items } = await bob.call.schedule.list({ limit: 1 })
    expect(items[0]).toMatchObject({ content: "0", channelId })
    expect(items[0]).not.toHaveProperty("guildId")
  })

  it("to a thread are listed with the channel that it hangs in, while one may view that", async () => {
    const nonce = "n".repeat(20)
    await bed.deps.store.append(channelId, [{ authorId: bob.userId, nonce, content: "a question", replyTo: null }])
    const { id } = await bob.call.thread.start({ channelId, seq: 1 })
    const sendAt = bed.deps.clock() + HOUR
    await bob.call.schedule.create({ channelId: id, key: `key-of-sixteen-${++keys}`, content: "an answer", sendAt })
    const only = async () => (await bob.call.schedule.list({})).items.find((item) => item.channelId === id)
    expect(await only()).toMatchObject({ content: "an answer", guildId, parentId: channelId })
    const denied = { channelId, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") } as const
    await bed.db.insert(schema.channelOverwrites).values(denied)
    expect(await only()).toMatchObject({ content: "an answer" })
    expect(await only()).not.toHaveProperty("guildId")
    expect(await only()).not.toHaveProperty("parentId")
  })

  it("lie under keys that are rotated; one whose key is gone hides none of the others", async () => {
    const one = await schedule("under keys", HOUR)
    await schedule("readable", 2 * HOUR)
    const bodies = openBodies(BodyKeys.parse(`${second},${first}`))
    expect(await rotateScheduled({ db: bed.db, bodies })).toBe(2)
    expect(await rotateScheduled({ db: bed.db, bodies })).toBe(0)
    const old = openBodies(BodyKeys.parse(`${first},${second}`))
    expect(await rotateScheduled({ db: bed.db, bodies: old })).toBe(2)
    expect(await waiting()).toEqual(["under keys", "readable"])
    await bed.db
      .update(scheduledMessages)
      .set({ body: bodies.seal("elsewhere", "another place") })
      .where(eq(scheduledMessages.id, one.id))
    expect((await bob.call.schedule.list({})).items).toMatchObject([
      { content: "", failed: "UNAVAILABLE" },
      { content: "readable", failed: null },
    ])
  })
})

import { bits, MAX_SAVED, userRoom } from "@hearth/core"
import { schema } from "@hearth/db"
import { ringNext } from "@hearth/db/later"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { toCursor } from "../paging.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

const HOUR = 3_600_000
let bed: Bed
let ada: Person
let bob: Person
let guildId: string
let channelId: string
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  ;[ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  guildId = guild.id
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
  for (let i = 1; i <= 6; i++)
    await bed.deps.store.append(channelId, [
      { authorId: ada.userId, nonce: `nonce-${String(i).padStart(12, "0")}`, content: `message ${i}`, replyTo: null },
    ])
})

const save = (seq: number, remindAt?: number | null) => bob.call.later.save({ channelId, seq, remindAt })
const waiting = async () => (await bob.call.later.list({})).items.map((item) => item.seq)
const ring = async () => {
  while (await ringNext(bed.db, bed.deps.clock()));
}

describe("what is saved for later", () => {
  it("is one's own: told to one's devices, listed newest first, page by page, and unknown to everybody else", async () => {
    const since = await bed.head()
    for (const seq of [3, 1, 2]) {
      await save(seq)
      bed.pass(1000)
    }
    await save(3)
    expect(await waiting()).toEqual([2, 1, 3])
    expect((await bed.told(since)).map(({ kind, audience, payload }) => [kind, audience, payload])).toEqual(
      [3, 1, 2, 3].map((seq) => ["later:changed", userRoom(bob.userId), { channelId, seq, due: 0 }]),
    )
    const first = await bob.call.later.list({ limit: 2 })
    expect(first.items[0]).toMatchObject({
      guildId,
      message: { content: "message 2" },
      author: { displayName: "Ada" },
      remindAt: null,
      doneAt: null,
    })
    expect(await bob.call.later.list({ limit: 2, cursor: first.next ?? "" })).toMatchObject({
      items: [{ seq: 3 }],
      next: null,
    })
    const forged = toCursor(["1", "9999999999999999999", "1"])
    expect(await failureCode(bob.call.later.list({ cursor: forged }))).toBe("BAD_REQUEST")
    expect((await ada.call.later.list({})).items).toEqual([])
    expect(await ada.call.later.get({ channelId, seq: 1 })).toEqual({ saved: null })
    expect(await bob.call.later.get({ channelId, seq: 1 })).toMatchObject({ saved: { seq: 1 } })
  })

  it("is done and undone, saved anew, and taken away", async () => {
    await save(1, bed.deps.clock() + HOUR)
    await save(2)
    expect(await bob.call.later.done({ channelId, seq: 1, done: true })).toMatchObject({ remindAt: null })
    expect(await waiting()).toEqual([2])
    expect((await bob.call.later.list({ done: true })).items).toMatchObject([{ seq: 1, doneAt: expect.any(Number) }])
    await bob.call.later.done({ channelId, seq: 1, done: false })
    expect(await waiting()).toEqual([2, 1])
    await bob.call.later.done({ channelId, seq: 1, done: true })
    bed.pass(1000)
    await save(1)
    expect(await waiting()).toEqual([1, 2])
    await bob.call.later.remove({ channelId, seq: 1 })
    await bob.call.later.remove({ channelId, seq: 1 })
    expect(await waiting()).toEqual([2])
    expect(await failureCode(bob.call.later.done({ channelId, seq: 1, done: true }))).toBe("UNKNOWN_MESSAGE")
  })

  it("rings at its time, counts until it is done, and is put off by another reminder", async () => {
    const now = bed.deps.clock()
    await save(1, now + HOUR)
    await save(2, now + 2 * HOUR)
    await save(1)
    await ring()
    expect((await bob.bootstrap()).due).toBeUndefined()
    bed.pass(3 * HOUR)
    const since = await bed.head()
    await ring()
    const [told, ...more] = await bed.told(since)
    expect([told?.kind, told?.audience, more]).toEqual(["later:due", userRoom(bob.userId), []])
    expect(told?.payload).toMatchObject({ due: 2, messages: expect.arrayContaining([{ channelId, seq: 1 }]) })
    expect((await bob.bootstrap()).due).toBe(2)
    await save(3)
    await bob.call.later.done({ channelId, seq: 3, done: false })
    expect(new Set((await waiting()).slice(0, 3))).toEqual(new Set([1, 2, 3]))
    expect(await save(1, bed.deps.clock() + HOUR)).toMatchObject({ rangAt: null })
    expect((await bob.bootstrap()).due).toBe(1)
    await bob.call.later.done({ channelId, seq: 2, done: true })
    expect((await bob.bootstrap()).due).toBeUndefined()
    expect((await bed.told(since)).at(-1)?.payload).toMatchObject({ due: 0 })
  })

  it("says nothing of a message that was deleted or may no longer be viewed, and can still be put away", async () => {
    for (const seq of [1, 2]) await save(seq, bed.deps.clock() + HOUR)
    await bed.deps.store.change(channelId, [{ kind: "delete", seq: 1, by: null }])
    const [, first] = (await bob.call.later.list({})).items
    expect(first).toMatchObject({ seq: 1, guildId })
    expect(first).not.toHaveProperty("message")
    expect(await failureCode(save(1))).toBe("UNKNOWN_MESSAGE")
    const denied = { channelId, target: "member", targetId: bob.userId, allow: 0n, deny: bits("VIEW_CHANNEL") } as const
    await bed.db.insert(schema.channelOverwrites).values(denied)
    for (const item of (await bob.call.later.list({})).items) {
      expect(item).not.toHaveProperty("message")
      expect(item).not.toHaveProperty("author")
      expect(item).not.toHaveProperty("guildId")
    }
    expect(await failureCode(save(3))).toBe("UNKNOWN_CHANNEL")
    await bed.db.delete(schema.channelOverwrites).where(eq(schema.channelOverwrites.channelId, channelId))
    await ada.call.channel.delete({ channelId })
    expect(await waiting()).toEqual([2, 1])
    await bob.call.later.done({ channelId, seq: 1, done: true })
    await bob.call.later.remove({ channelId, seq: 2 })
    expect(await waiting()).toEqual([])
  })

  it("is never more than so much: what was done longest ago makes way, what waits does not", async () => {
    const outsider = await bed.person("Outsider")
    expect(await failureCode(outsider.call.later.save({ channelId, seq: 1 }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(save(99))).toBe("UNKNOWN_MESSAGE")
    expect(await failureCode(save(1, bed.deps.clock() + 400 * 24 * HOUR))).toBe("BAD_REQUEST")
    const at = (ms: number) => new Date(1_700_000_000_000 + ms)
    await bed.db.insert(schema.savedMessages).values(
      Array.from({ length: MAX_SAVED }, (_, i) => ({
        userId: bob.userId,
        channelId,
        seq: i + 1000,
        savedAt: at(0),
        doneAt: i < 2 ? at(i) : null,
      })),
    )
    await save(1)
    expect((await bob.call.later.list({ done: true })).items.map((item) => item.seq)).toEqual([1001])
    await save(2)
    expect(await failureCode(save(3))).toBe("TOO_MANY")
    await save(1, bed.deps.clock() + HOUR)
  })
})

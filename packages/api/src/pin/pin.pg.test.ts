import { bits, guildRoom } from "@hearth/core"
import { schema } from "@hearth/db"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let bob: Person
let guildId: string
let channelId: string
beforeAll(async () => {
  bed = await testBed()
  ;[ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  guildId = guild.id
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
  for (let i = 1; i <= 60; i++)
    await bed.deps.store.append(channelId, [
      { authorId: bob.userId, nonce: `nonce-${String(i).padStart(12, "0")}`, content: `message ${i}`, replyTo: null },
    ])
})
afterAll(() => bed[Symbol.asyncDispose]())

const pin = (seq: number) => ada.call.pin.add({ channelId, seq })
const remove = (seq: number) => bed.deps.store.change(channelId, [{ kind: "delete", seq, by: null }])
const listed = async () => (await bob.call.pin.list({ channelId, limit: 100 })).items.map((p) => p.message.seq)

describe("pins", () => {
  it("are told to who may view the channel, and listed by whoever may: the newest pin first, page by page", async () => {
    const since = await bed.head()
    const first = await pin(3)
    bed.pass(1000)
    const second = await pin(1)
    expect(second.pinnedAt).toBeGreaterThan(first.pinnedAt)
    expect(await pin(3)).toEqual(first)
    expect((await bed.told(since)).map(({ kind, audience, payload }) => [kind, audience, payload])).toEqual([
      ["pin:added", guildRoom(guildId), first],
      ["pin:added", guildRoom(guildId), second],
    ])
    const page = await bob.call.pin.list({ channelId, limit: 1 })
    expect(page.items).toMatchObject([
      { message: { seq: 1, content: "message 1" }, author: { displayName: "Bob" }, pinnedBy: { displayName: "Ada" } },
    ])
    const next = await bob.call.pin.list({ channelId, limit: 1, cursor: page.next ?? "" })
    expect(next).toMatchObject({ items: [{ message: { seq: 3 }, pinnedAt: first.pinnedAt }], next: null })
    expect(await bob.call.pin.seqs({ channelId })).toEqual({ seqs: [1, 3] })
  })

  it("are made and taken away by who may manage messages, and by nobody else", async () => {
    const outsider = await bed.person("Outsider")
    expect(await failureCode(bob.call.pin.add({ channelId, seq: 2 }))).toBe("FORBIDDEN")
    expect(await failureCode(bob.call.pin.remove({ channelId, seq: 1 }))).toBe("FORBIDDEN")
    for (const call of [
      () => outsider.call.pin.add({ channelId, seq: 2 }),
      () => outsider.call.pin.remove({ channelId, seq: 1 }),
      () => outsider.call.pin.list({ channelId }),
      () => outsider.call.pin.seqs({ channelId }),
    ])
      expect(await failureCode(call())).toBe("UNKNOWN_CHANNEL")
    const denied = { channelId, target: "member", targetId: bob.userId, allow: 0n, deny: bits("VIEW_CHANNEL") } as const
    await bed.db.insert(schema.channelOverwrites).values(denied)
    expect(await failureCode(bob.call.pin.list({ channelId }))).toBe("UNKNOWN_CHANNEL")
    await bed.db.delete(schema.channelOverwrites).where(eq(schema.channelOverwrites.channelId, channelId))
    const since = await bed.head()
    await ada.call.pin.remove({ channelId, seq: 1 })
    await ada.call.pin.remove({ channelId, seq: 1 })
    expect((await bed.told(since)).map((row) => [row.kind, row.payload])).toEqual([
      ["pin:removed", { channelId, seq: 1 }],
    ])
    expect(await listed()).toEqual([3])
  })

  it("are of messages that are there", async () => {
    expect(await failureCode(pin(99))).toBe("UNKNOWN_MESSAGE")
    await remove(4)
    expect(await failureCode(pin(4))).toBe("UNKNOWN_MESSAGE")
    // Deleted between the question and the row: nothing stays behind.
    const store = { ...bed.deps.store }
    let asked = 0
    store.get = async (...which) => {
      const message = await bed.deps.store.get(...which)
      return message && asked++ > 0 ? { ...message, deleted: true } : message
    }
    const { add } = await import("./service.ts")
    const me = (await ada.bootstrap()).me
    const session = { sessionId: ada.sessionId, userId: ada.userId, me }
    const ctx = { ...bed.deps, store, session, address: "", userAgent: "", requestId: "" }
    expect(await failureCode(add(ctx, { channelId, seq: 5 }))).toBe("UNKNOWN_MESSAGE")
    expect(await bob.call.pin.seqs({ channelId })).toEqual({ seqs: [3] })
  })

  it("of what was deleted unseen end when somebody looks", async () => {
    await pin(6)
    await remove(6)
    expect(await bob.call.pin.seqs({ channelId })).toEqual({ seqs: [3, 6] })
    const since = await bed.head()
    expect(await listed()).toEqual([3])
    expect((await bed.told(since)).map((row) => row.kind)).toEqual(["pin:removed"])
    expect(await bob.call.pin.seqs({ channelId })).toEqual({ seqs: [3] })
  })

  it("are at most fifty, also when two come at once", async () => {
    for (let seq = 7; seq < 7 + 48; seq++) await pin(seq)
    const both = await Promise.allSettled([pin(56), pin(57)])
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"])
    expect(await failureCode(pin(58))).toBe("TOO_MANY")
    expect(await listed()).toHaveLength(50)
  })
})

import { AppError } from "@hearth/core"
import { schema } from "@hearth/db"
import { consumeMentions } from "@hearth/db/mentions"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createCaller } from "../root.ts"
import { findSession } from "../session/service.ts"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
/** Looks after the Hearth, and is a member of Home alone. */
let root: Person
let ada: Person
let bob: Person
let home: { guildId: string; channelId: string }
let away: { guildId: string; channelId: string }

const nonce = (n: number) => `nonce-${String(n).padStart(12, "0")}`
const say = (channelId: string, author: Person, n: number, content: string, replyTo: number | null = null) =>
  bed.deps.store.append(channelId, [{ authorId: author.userId, nonce: nonce(n), content, replyTo }])
const hasRead = (person: Person, channelId: string, lastReadSeq: number) =>
  bed.db.insert(schema.readStates).values({ userId: person.userId, channelId, lastReadSeq })

beforeAll(async () => {
  bed = await testBed()
  ;[root, ada, bob] = [await bed.person("Root"), await bed.person("Ada"), await bed.person("Bob")]
  await bed.db.update(schema.users).set({ isInstanceAdmin: true }).where(eq(schema.users.id, root.userId))
  const open = async (name: string, guests: readonly Person[]) => {
    const { guild, channels } = await ada.call.guild.create({ name })
    const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
    for (const guest of guests) await guest.call.invite.join({ code })
    return { guildId: guild.id, channelId: channels[0]?.id ?? "" }
  }
  home = await open("Home", [root, bob])
  away = await open("Away", [bob])
  for (const { channelId } of [home, away]) {
    await say(channelId, ada, 1, "the first word")
    await say(channelId, bob, 2, `a secret for <@${ada.userId}> and <@&1>`, 1)
    await say(channelId, ada, 3, "the last word")
    await bed.deps.store.change(channelId, [
      { kind: "edit", seq: 2, version: 1, content: `the secret, <@${ada.userId}>`, by: bob.userId },
    ])
    await bed.deps.store.change(channelId, [{ kind: "react", seq: 2, emoji: "👍", userId: ada.userId, on: true }])
    await consumeMentions(bed.db, bed.deps.store, channelId)
    await hasRead(ada, channelId, 2)
    await hasRead(bob, channelId, 1)
    await ada.call.pin.add({ channelId, seq: 2 })
  }
})
afterAll(() => bed[Symbol.asyncDispose]())

describe("what happened to a message", () => {
  it("is told from what is kept anyway", async () => {
    const traced = await root.call.trace.message({ channelId: home.channelId, seq: 2 })
    const message = await bed.deps.store.get(home.channelId, 2)
    expect(traced).toEqual({
      channelId: home.channelId,
      seq: 2,
      guildId: home.guildId,
      place: { guild: "Home", channel: "general" },
      store: "postgres",
      message: {
        id: message?.id,
        authorId: bob.userId,
        author: { id: bob.userId, displayName: "Bob" },
        nonce: nonce(2),
        createdAt: message?.createdAt,
        editedAt: message?.editedAt,
        version: 2,
        mver: 5,
        ver: 5,
        scope: -1,
        head: 3,
        replyTo: 1,
        deleted: false,
        reactions: 1,
        content: `the secret, <@${ada.userId}>`,
      },
      lastSeq: 3,
      mentions: { cursor: 3, current: true, rows: [{ kind: "user", name: "Ada" }] },
      readers: 1,
      members: 3,
      pin: { pinnedAt: expect.any(Number), pinnedBy: { id: ada.userId, displayName: "Ada" } },
    })
    const times = await root.call.trace.versions({ channelId: home.channelId, seq: 2, limit: 1 })
    expect(times.items).toEqual([{ version: 2, writtenAt: message?.editedAt }])
    const older = { channelId: home.channelId, seq: 2, cursor: times.next ?? undefined }
    expect(await root.call.trace.versions(older)).toEqual({
      items: [{ version: 1, writtenAt: message?.createdAt }],
      next: null,
    })
  })

  it("is told without a word or a name where the administrator may not read", async () => {
    const traced = await root.call.trace.message({ channelId: away.channelId, seq: 2 })
    expect(traced).toMatchObject({
      guildId: away.guildId,
      place: null,
      message: { authorId: bob.userId, author: null, content: null, version: 2, reactions: 1 },
      mentions: { rows: [{ kind: "user", name: null }] },
      readers: 1,
      members: 2,
      pin: { pinnedBy: null },
    })
    const times = await root.call.trace.versions({ channelId: away.channelId, seq: 2 })
    expect(times.items.map((v) => v.version)).toEqual([2, 1])
    expect(JSON.stringify([traced, times])).not.toMatch(/secret|Bob|Ada|Away|general|👍/)
    expect(await failureCode(root.call.trace.readers({ channelId: away.channelId, seq: 2 }))).toBe("FORBIDDEN")
  })

  it("is told without a word in a channel that is closed to the administrator", async () => {
    const { id } = await ada.call.channel.create({ guildId: home.guildId, name: "closed" })
    await bed.db
      .insert(schema.channelOverwrites)
      .values({ channelId: id, target: "member", targetId: root.userId, allow: 0n, deny: 1n })
    await say(id, ada, 9, "not for Root")
    const traced = await root.call.trace.message({ channelId: id, seq: 1 })
    expect(traced).toMatchObject({ place: null, message: { content: null, author: null } })
    expect(JSON.stringify(traced)).not.toMatch(/Root|closed/)
  })

  it("is for administrators alone, and tells others nothing by the way it refuses", async () => {
    const asked = [
      { channelId: home.channelId, seq: 2 },
      { channelId: "1", seq: 9 },
    ]
    for (const input of asked) {
      expect(await failureCode(ada.call.trace.message(input))).toBe("FORBIDDEN")
      expect(await failureCode(ada.call.trace.readers(input))).toBe("FORBIDDEN")
      expect(await failureCode(ada.call.trace.versions(input))).toBe("FORBIDDEN")
      expect(await failureCode(ada.call.trace.find({ messageId: input.channelId }))).toBe("FORBIDDEN")
      expect(await failureCode(bed.stranger().trace.message(input))).toBe("UNAUTHENTICATED")
    }
  })

  it("says what is unknown, and what is deleted", async () => {
    expect(await failureCode(root.call.trace.message({ channelId: "1", seq: 1 }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(root.call.trace.message({ channelId: home.channelId, seq: 99 }))).toBe("UNKNOWN_MESSAGE")
    expect(await failureCode(root.call.trace.versions({ channelId: home.channelId, seq: 99 }))).toBe("UNKNOWN_MESSAGE")
    await bed.deps.store.change(away.channelId, [{ kind: "delete", seq: 3, by: null }])
    const traced = await root.call.trace.message({ channelId: away.channelId, seq: 3 })
    expect(traced.message).toMatchObject({ deleted: true, version: 2, content: null })
    // Its deletion is a change that the consumer of mentions has not read yet.
    expect(traced.mentions).toMatchObject({ cursor: 3, current: false })
    expect(await root.call.trace.versions({ channelId: away.channelId, seq: 3 })).toEqual({ items: [], next: null })
  })

  it("is told in part while the store is away", async () => {
    const page = () => Promise.reject(new AppError("UNAVAILABLE", "away", { retryAfterMs: 700 }))
    const call = createCaller(async () => ({
      ...bed.deps,
      store: { ...bed.deps.store, page },
      session: await findSession(bed.deps, root.sessionId),
      address: "",
      userAgent: "",
      requestId: "",
    }))
    expect(await call.trace.message({ channelId: home.channelId, seq: 2 })).toMatchObject({
      message: null,
      mentions: { cursor: 3, current: null, rows: [{ kind: "user" }] },
      readers: 1,
      pin: { pinnedBy: { displayName: "Ada" } },
    })
  })
})

describe("who has read a message", () => {
  it("is listed by name, page by page", async () => {
    const { channelId } = home
    const pages: string[][] = []
    let cursor: string | undefined
    do {
      const page = await root.call.trace.readers({ channelId, seq: 1, limit: 1, cursor })
      pages.push(page.items.map((card) => card.displayName))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(pages).toEqual([["Ada"], ["Bob"]])
    const two = await root.call.trace.readers({ channelId, seq: 2 })
    expect(two).toEqual({ items: [{ id: ada.userId, displayName: "Ada" }], next: null })
    expect(await root.call.trace.readers({ channelId, seq: 3 })).toEqual({ items: [], next: null })
    expect(await failureCode(root.call.trace.readers({ channelId, seq: 1, cursor: "x" }))).toBe("BAD_REQUEST")
  })
})

describe("a message's id", () => {
  it("leads to it, in its channel or in all", async () => {
    const message = await bed.deps.store.get(home.channelId, 2)
    const messageId = message?.id ?? ""
    const here = { channelId: home.channelId, seq: 2 }
    expect(await root.call.trace.find({ messageId, channelId: home.channelId })).toEqual({
      found: [here],
      looked: 1,
      next: null,
    })
    const everywhere = await root.call.trace.find({ messageId })
    expect(everywhere.found).toContainEqual(here)
    expect(everywhere.next).toBeNull()
    expect((await root.call.trace.find({ messageId: "1", channelId: home.channelId })).found).toEqual([])
    expect(await root.call.trace.find({ messageId, channelId: "1" })).toEqual({ found: [], looked: 0, next: null })
  })

  it("is looked for in many channels, some at a time", async () => {
    const { guild } = await bob.call.guild.create({ name: "Wide" })
    const rows = Array.from({ length: 45 }, (_, i) => ({
      id: String(10n ** 18n + BigInt(i)),
      guildId: guild.id,
      name: `c${i}`,
      position: i,
    }))
    await bed.db.insert(schema.channels).values(rows)
    await bed.db.insert(schema.channelHeads).values(rows.map(({ id }) => ({ channelId: id })))
    const last = rows.at(-1)?.id ?? ""
    await say(last, bob, 1, "here")
    const messageId = (await bed.deps.store.get(last, 1))?.id ?? ""
    const first = await root.call.trace.find({ messageId })
    expect(first).toMatchObject({ found: [], looked: 40, next: expect.any(String) })
    const second = await root.call.trace.find({ messageId, cursor: first.next ?? "" })
    expect(second).toMatchObject({ found: [{ channelId: last, seq: 1 }], next: null })
  })
})

import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let bob: Person
let channelId: string
const react = (person: Person, seq: number, emoji: string) =>
  bed.deps.store.change(channelId, [{ kind: "react", seq, emoji, userId: person.userId, on: true }])

beforeAll(async () => {
  bed = await testBed()
  ;[ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
  await bed.deps.store.append(
    channelId,
    [1, 2, 3].map((i) => ({ authorId: ada.userId, nonce: `nonce-0000000000${i}`, content: `${i}`, replyTo: null })),
  )
  await react(ada, 1, "👍")
  await react(bob, 1, "👍")
  await react(bob, 1, "👍🏽")
  await react(bob, 2, "🎉")
})
afterAll(() => bed[Symbol.asyncDispose]())

describe("reactions", () => {
  it("that are one's own are told for many messages at once [5.21]", async () => {
    const { mine } = await bob.call.reaction.mine({ channelId, seqs: [1, 2, 2, 3, 99] })
    expect(mine).toEqual([
      { seq: 1, mver: 4, emojis: ["👍", "👍🏽"] },
      { seq: 2, mver: 5, emojis: ["🎉"] },
    ])
    expect((await ada.call.reaction.mine({ channelId, seqs: [2] })).mine).toEqual([{ seq: 2, mver: 5, emojis: [] }])
  })

  it("list who gave one emoji, page by page, and nobody who gave another", async () => {
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await ada.call.reaction.list({ channelId, seq: 1, emoji: "👍", limit: 1, cursor })
      expect(page.items).toHaveLength(1)
      all.push(...page.items.map((card) => card.displayName))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(all.sort()).toEqual(["Ada", "Bob"])
    const toned = await ada.call.reaction.list({ channelId, seq: 1, emoji: "👍🏽" })
    expect(toned).toEqual({ items: [{ id: bob.userId, displayName: "Bob" }], next: null })
    expect(await ada.call.reaction.list({ channelId, seq: 3, emoji: "👍" })).toEqual({ items: [], next: null })
  })

  it("of a channel or message that is not there for the asker do not exist", async () => {
    const outsider = await bed.person("Outsider")
    expect(await failureCode(outsider.call.reaction.mine({ channelId, seqs: [1] }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(outsider.call.reaction.list({ channelId, seq: 1, emoji: "👍" }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(ada.call.reaction.list({ channelId, seq: 99, emoji: "👍" }))).toBe("UNKNOWN_MESSAGE")
    await bed.deps.store.append(channelId, [
      { authorId: ada.userId, nonce: "nonce-00000000009", content: "gone", replyTo: null },
    ])
    await react(bob, 4, "👍")
    await bed.deps.store.change(channelId, [{ kind: "delete", seq: 4, by: null }])
    expect(await failureCode(ada.call.reaction.list({ channelId, seq: 4, emoji: "👍" }))).toBe("UNKNOWN_MESSAGE")
  })

  it.each([{ seqs: [] }, { seqs: [0] }, { seqs: Array.from({ length: 101 }, (_, i) => i + 1) }])(
    "are not asked for by %j",
    async (input) => {
      expect(await failureCode(ada.call.reaction.mine({ channelId, ...input }))).toBe("BAD_REQUEST")
    },
  )

  it("are not listed by what is not an emoji, or from a place that was made up", async () => {
    expect(await failureCode(ada.call.reaction.list({ channelId, seq: 1, emoji: "no" }))).toBe("BAD_REQUEST")
    const made = ada.call.reaction.list({ channelId, seq: 1, emoji: "👍", cursor: "nowhere" })
    expect(await failureCode(made)).toBe("BAD_REQUEST")
  })
})

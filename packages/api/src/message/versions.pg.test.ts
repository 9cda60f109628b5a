import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let bob: Person
let cleo: Person
let channelId: string
beforeAll(async () => {
  bed = await testBed()
  ;[ada, bob, cleo] = [await bed.person("Ada"), await bed.person("Bob"), await bed.person("Cleo")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  for (const person of [bob, cleo]) await person.call.invite.join({ code })
  const { store } = bed.deps
  await store.append(channelId, [
    { authorId: bob.userId, nonce: "nonce-0000000000001", content: "said 1", replyTo: null },
  ])
  for (let version = 1; version < 12; version++)
    await store.change(channelId, [{ kind: "edit", seq: 1, version, content: `said ${version + 1}`, by: bob.userId }])
})
afterAll(() => bed[Symbol.asyncDispose]())

describe("what a message said before", () => {
  it("is listed from the newest, page by page, for who wrote it and for who manages messages", async () => {
    for (const person of [ada, bob]) {
      const all: { version: number; content: string; writtenAt: number }[] = []
      let cursor: string | undefined
      do {
        const page = await person.call.message.versions({ channelId, seq: 1, limit: 5, cursor })
        all.push(...page.items)
        cursor = page.next ?? undefined
      } while (cursor)
      expect(all.map((v) => [v.version, v.content])).toEqual(
        Array.from({ length: 12 }, (_, i) => [12 - i, `said ${12 - i}`]),
      )
      const message = await bed.deps.store.get(channelId, 1)
      expect(all[0]?.writtenAt).toBe(message?.editedAt)
      expect(all.at(-1)?.writtenAt).toBe(message?.createdAt)
      for (const [i, v] of all.entries()) expect(v.writtenAt).toBeGreaterThanOrEqual(all[i + 1]?.writtenAt ?? 0)
    }
  })

  it("is nobody else's business", async () => {
    expect(await failureCode(cleo.call.message.versions({ channelId, seq: 1 }))).toBe("FORBIDDEN")
    const outsider = await bed.person("Outsider")
    expect(await failureCode(outsider.call.message.versions({ channelId, seq: 1 }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(bob.call.message.versions({ channelId, seq: 2 }))).toBe("UNKNOWN_MESSAGE")
    expect(await failureCode(bob.call.message.versions({ channelId, seq: 1, cursor: "x" }))).toBe("BAD_REQUEST")
  })

  it("goes with the message", async () => {
    await bed.deps.store.change(channelId, [{ kind: "delete", seq: 1, by: bob.userId }])
    for (const person of [ada, bob])
      expect(await failureCode(person.call.message.versions({ channelId, seq: 1 }))).toBe("UNKNOWN_MESSAGE")
  })
})

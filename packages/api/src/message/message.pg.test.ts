import { AppError } from "@hearth/core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createCaller } from "../root.ts"
import { findSession } from "../session/service.ts"
import { type Bed, failure, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let owner: Person
let channelId: string
beforeAll(async () => {
  bed = await testBed()
  owner = await bed.person("Owner")
  channelId = (await owner.call.guild.create({ name: "Home" })).channels[0]?.id ?? ""
  for (let i = 1; i <= 30; i++)
    await bed.deps.store.append(channelId, [
      { authorId: owner.userId, nonce: `nonce-${String(i).padStart(12, "0")}`, content: `message ${i}`, replyTo: null },
    ])
})
afterAll(() => bed[Symbol.asyncDispose]())

describe("history", () => {
  it("is paged both ways and around a message, with who wrote it", async () => {
    const seqs = async (cursor: { before?: number; after?: number; around?: number }) =>
      (await owner.call.message.page({ channelId, limit: 5, ...cursor })).page.messages.map((m) => m.seq)
    expect(await seqs({})).toEqual([26, 27, 28, 29, 30])
    expect(await seqs({ before: 26 })).toEqual([21, 22, 23, 24, 25])
    expect(await seqs({ after: 0 })).toEqual([1, 2, 3, 4, 5])
    expect(await seqs({ around: 10 })).toContain(10)
    expect(await seqs({ before: 1 })).toEqual([])
    const { page, users } = await owner.call.message.page({ channelId })
    expect(page.head).toBe(30)
    expect(users).toEqual([{ id: owner.userId, displayName: "Owner" }])
  })
  it("of a channel that one may not see does not exist", async () => {
    const outsider = await bed.person("Outsider")
    expect(await failureCode(outsider.call.message.page({ channelId }))).toBe("UNKNOWN_CHANNEL")
    expect(await failureCode(bed.stranger().message.page({ channelId }))).toBe("UNAUTHENTICATED")
  })
  it.each([{ before: 1, after: 1 }, { limit: 101 }, { limit: 0 }, { before: 0 }, { around: 1.5 }, { before: -1 }])(
    "is not read by %j",
    async (cursor) => {
      expect(await failureCode(owner.call.message.page({ channelId, ...cursor }))).toBe("BAD_REQUEST")
    },
  )
  it("that cannot be read is unavailable, never empty", async () => {
    const page = () => Promise.reject(new AppError("UNAVAILABLE", "Messages are out of reach.", { retryAfterMs: 700 }))
    const call = createCaller(async () => ({
      ...bed.deps,
      store: { ...bed.deps.store, page },
      session: await findSession(bed.deps, owner.sessionId),
      address: "",
      userAgent: "",
      requestId: "",
    }))
    expect(await failure(call.message.page({ channelId }))).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 700 })
  })
})

import { AppError } from "@hearth/core"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
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
  it("is read a handful of times when 500 open it at once, each after they were let in", async () => {
    let open = (): void => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const page = vi.fn(async (...asked: Parameters<typeof bed.deps.store.page>) => {
      await gate
      return bed.deps.store.page(...asked)
    })
    const store = { ...bed.deps.store, page }
    const callOf = async (person: Person) => {
      const session = await findSession(bed.deps, person.sessionId)
      return createCaller({ ...bed.deps, store, session, address: "", userAgent: "", requestId: "" })
    }
    const [call, outside] = await Promise.all([callOf(owner), callOf(await bed.person("Outsider"))])
    const first = call.message.page({ channelId })
    await vi.waitFor(() => expect(page).toHaveBeenCalledTimes(1), { timeout: 30_000 })
    // Nobody asks the database any more: all were let in, and wait for the store.
    const pool = bed.deps.db.$client
    const letIn = () =>
      vi.waitFor(() => expect([pool.waitingCount, pool.totalCount - pool.idleCount]).toEqual([0, 0]), {
        timeout: 60_000,
      })
    const another = call.message.page({ channelId, before: 10 })
    const others: ReturnType<typeof call.message.page>[] = []
    // By and by: who waits for a connection of a busy machine is not to be turned away.
    while (others.length < 500) {
      for (let i = 0; i < 20; i++) others.push(call.message.page({ channelId }))
      await letIn()
    }
    expect(await failureCode(outside.message.page({ channelId }))).toBe("UNKNOWN_CHANNEL")
    open()
    const newest = (await first).page
    for (const shown of await Promise.all(others)) expect(shown.page).toEqual(newest)
    expect((await another).page.messages.at(-1)?.seq).toBe(9)
    expect(page).toHaveBeenCalledTimes(3)
    // Whoever asks later reads what is there then.
    const { packet } = await bed.deps.store.append(channelId, [
      { authorId: owner.userId, nonce: "nonce-of-the-last-one", content: "the last", replyTo: null },
    ])
    expect((await call.message.page({ channelId })).page.head).toBe(packet?.head)
  }, 120_000)
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

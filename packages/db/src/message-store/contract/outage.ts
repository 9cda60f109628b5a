import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { AppError } from "@hearth/core"
import { stopwatch } from "@hearth/testing"
import type { AppendResult, Draft, MessageStore } from "../port.ts"
import { ascending, draft, drafts, insist, messageOf, type OutageBed, readAll } from "./bed.ts"

const failure = async (work: Promise<unknown>): Promise<{ error: AppError; ms: number }> => {
  const elapsed = stopwatch()
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return { error, ms: elapsed() }
    throw error
  }
  throw new Error("it did not fail")
}

/** Promises for the time when the backend is gone, frozen, or comes back. On a backend of one's own. */
export const outageCases = (name: string, start: () => Promise<OutageBed>): void => {
  describe(`MessageStore on ${name}, in trouble`, () => {
    let bed: OutageBed
    let store: MessageStore
    beforeAll(async () => {
      bed = await start()
      store = await bed.open()
      await insist(() => store.ping())
    }, 180_000)
    afterAll(() => bed?.close())

    test("frozen: UNAVAILABLE within a second or so, then at once; awake again: all as before", {
      timeout: 60_000,
    }, async () => {
      const channel = await bed.newChannel()
      await store.append(channel, [draft("before")])
      const one = draft("into the freeze")
      bed.pause()
      try {
        const calls = [store.append(channel, [one]), store.page(channel, {}, 10), store.head(channel), store.ping()]
        for (const { error, ms } of await Promise.all(calls.map(failure))) {
          expect(error.code).toBe("UNAVAILABLE")
          expect(error.retryAfterMs).toBeGreaterThan(0)
          expect(ms).toBeLessThan(1300)
        }
        const { error, ms } = await failure(store.append(channel, [one]))
        expect(error.code).toBe("UNAVAILABLE")
        expect(ms).toBeLessThan(100)
      } finally {
        bed.resume()
      }
      const { results } = await insist(() => store.append(channel, [one]))
      expect(messageOf(results[0])).toMatchObject({ seq: 2, content: "into the freeze" })
      expect((await insist(() => readAll(store, channel))).map((m) => m.content)).toEqual(["before", "into the freeze"])
    })

    test("frozen in the middle of appends: what came of each is found out by its retry", {
      timeout: 120_000,
    }, async () => {
      const channel = await bed.newChannel()
      const stores = [store, await bed.open()]
      const send = async (s: MessageStore, all: Draft[]): Promise<AppendResult[]> => {
        const answers: AppendResult[] = []
        for (const one of all) {
          const { results } = await insist(() => s.append(channel, [one]))
          if (results[0]) answers.push(results[0])
        }
        return answers
      }
      const plans = stores.map((_, w) => drafts(60, { authorId: String(8000 + w) }))
      const running = Promise.all(stores.map((s, w) => send(s, plans[w] ?? [])))
      for (let i = 0; i < 4; i++) {
        // Far enough apart that appends are under way, never at a quiet point.
        await insist(async () => {
          const { head } = await store.head(channel)
          if (head < (i + 1) * 15) throw new AppError("UNAVAILABLE", "not yet", { retryAfterMs: 5 })
        })
        bed.pause()
        try {
          await failure(store.head(channel))
        } finally {
          bed.resume()
        }
      }
      const answers = (await running).flat()
      const log = await insist(() => readAll(store, channel))
      expect(log.map((m) => m.seq)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
      expect(new Set(log.map((m) => m.nonce)).size).toBe(120)
      expect(ascending(log.map((m) => m.id))).toBe(true)
      for (const m of answers.map(messageOf)) expect(log[m.seq - 1]).toEqual(m)
    })

    test("killed and started again: nothing acked is lost, retries are still known", { timeout: 180_000 }, async () => {
      const channel = await bed.newChannel()
      const sent = drafts(30)
      const { results } = await store.append(channel, sent)
      await store.change(channel, [{ kind: "react", seq: 3, emoji: "👍", userId: "9001", on: true }])
      const before = await readAll(store, channel)
      await bed.restart()
      const again = await insist(() => store.append(channel, sent))
      expect(again.packet).toBeNull()
      expect(again.results.map((r) => [r.status, messageOf(r).id])).toEqual(
        results.map((r) => ["duplicate", messageOf(r).id]),
      )
      expect(await insist(() => readAll(store, channel))).toEqual(before)
      const fresh = await bed.open()
      expect((await insist(() => fresh.append(channel, [draft("31st")]))).results[0]).toMatchObject({
        message: { seq: 31 },
      })
    })
  })
}

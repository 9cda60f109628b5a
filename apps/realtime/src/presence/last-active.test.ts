import type { Snowflake } from "@hearth/core"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { silentLogger } from "../logger.ts"
import { createLastActive } from "./last-active.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const EVERY = 300_000
const setUp = (keep = async (_ids: readonly Snowflake[]): Promise<void> => {}) => {
  /** Who was kept, call by call. */
  const kept: Snowflake[][] = []
  const lastActive = createLastActive({
    keep: async (ids) => {
      kept.push([...ids])
      await keep(ids)
    },
    everyMs: EVERY,
    gatherMs: 100,
    log: silentLogger(),
  })
  return { lastActive, kept, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

it("keeps who leaves, those who leave together at once, and nobody who only came", async () => {
  const { lastActive, kept, pass } = setUp()
  lastActive.isNow("1", "online")
  lastActive.isNow("2", "phone")
  await pass(1000)
  expect(kept).toEqual([])
  lastActive.isNow("1", "offline")
  lastActive.isNow("2", "idle")
  await pass(100)
  expect(kept).toEqual([["1", "2"]])
  // Idle is not active: to go on from there to being offline is no news.
  lastActive.isNow("2", "offline")
  lastActive.isNow("3", "offline")
  await pass(2 * EVERY)
  expect(kept).toEqual([["1", "2"]])
  lastActive.close()
})

it("keeps who stays every while, until the node ends", async () => {
  const { lastActive, kept, pass } = setUp()
  lastActive.isNow("1", "dnd")
  lastActive.isNow("1", "online")
  await pass(2 * EVERY)
  expect(kept).toEqual([["1"], ["1"]])
  lastActive.close()
  await pass(2 * EVERY)
  expect(kept).toHaveLength(2)
})

it("asks in parts, and goes on after what the database did not take", async () => {
  let away = true
  const { lastActive, kept, pass } = setUp(() => (away ? Promise.reject(new Error("away")) : Promise.resolve()))
  for (let i = 0; i < 1500; i++) lastActive.isNow(String(i), "online")
  await pass(EVERY)
  expect(kept.map((ids) => ids.length)).toEqual([1000])
  away = false
  await pass(EVERY)
  expect(kept.map((ids) => ids.length)).toEqual([1000, 1000, 500])
  lastActive.close()
})

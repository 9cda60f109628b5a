import type { Database } from "@hearth/db"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { createHeads, type HeadsDeps } from "./heads.ts"
import { defaultTimings } from "./timings.ts"

/** Heads of a node that hears what others tell, and what it writes down. */
const node = (more: Record<string, unknown> = {}) => {
  const execute = vi.fn(async () => ({ rows: [] }))
  const deps = {
    db: { execute } as unknown as Database,
    access: { lastSeq: () => 0, guildOf: () => "1", isPublic: () => true },
    bus: { onTold: () => () => {}, state: () => "ready" },
    timings: { ...defaultTimings, heads: 600_000, activity: 600_000, lastSeqFlush: 600_000 },
    clock: () => 0,
    ...more,
  } as unknown as HeadsDeps
  return { heads: createHeads(deps), written: () => execute.mock.calls.length }
}

test("what was only heard is known, and written down once it is read: whoever told of it may be gone", async () => {
  const { heads, written } = node()
  heads.heard("channel:changed", [{ channelId: "10", head: 3 }])
  expect(heads.known("10")).toBe(3)
  await heads.flush()
  expect(written()).toBe(0)
  heads.learned("10", 3, {})
  await heads.flush()
  expect(written()).toBe(1)
  // Once is enough.
  heads.learned("10", 3, {})
  await heads.close()
  expect(written()).toBe(1)
})

test("threads that nobody writes in any more are forgotten, channels are not", async () => {
  vi.useFakeTimers()
  const threadAt = (id: string) => (id === "71" ? { channelId: "10", seq: 1 } : undefined)
  const access = { lastSeq: () => 0, guildOf: () => "1", threadAt }
  const { heads } = node({ access, clock: () => 3_600_001, writers: { tell: () => {} } })
  for (const id of ["10", "71"]) heads.learned(id, 3, {})
  await heads.flush()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(["10", "71"].map(heads.known)).toEqual([3, 0])
  vi.useRealTimers()
  await heads.close()
})

describe("of a message that another node stored, and tells of", () => {
  const INTERVAL_MS = 1_000
  let heard: (data: unknown) => void = () => {}
  const emit = vi.fn<(room: string, event: string, args: [{ heads: Record<string, number> }]) => void>()
  const told = () => emit.mock.calls.map(([, , [{ heads }]]) => heads)
  const edge = () =>
    node({
      access: { lastSeq: () => 0, guildOf: () => "1", isPublic: () => true, threadAt: () => undefined },
      bus: {
        onTold: (_topic: string, listener: typeof heard) => {
          heard = listener
          return () => {}
        },
        tell: () => {},
        publish: () => {},
        state: () => "ready",
      },
      writers: { tell: () => {}, of: () => undefined },
      delivery: { roomSize: () => 1, emit },
      isPulled: () => false,
      timings: { ...defaultTimings, heads: 600_000, activity: INTERVAL_MS, lastSeqFlush: 600_000 },
    }).heads
  const pass = (intervals: number) => vi.advanceTimersByTimeAsync(intervals * INTERVAL_MS)
  beforeEach(() => {
    vi.useFakeTimers()
    emit.mockClear()
  })
  afterEach(() => void vi.useRealTimers())

  test("this one says nothing", async () => {
    const heads = edge()
    heads.sent("10", 3, true)
    await pass(1)
    heard({ "10": 3 })
    await pass(5)
    expect(told()).toEqual([])
    await heads.close()
  })

  test("this one does when that one has not in two intervals: it may be gone", async () => {
    const heads = edge()
    heads.sent("10", 3, true)
    await pass(1)
    // Of what came before.
    heard({ "10": 2 })
    // The next one does not put it off.
    heads.sent("10", 4, true)
    await pass(1)
    expect(told()).toEqual([])
    await pass(5)
    expect(told()).toEqual([{ "10": 4 }])
    await heads.close()
  })

  test("this one leaves it to that one as long as it tells, however much comes meanwhile, and though it told first", async () => {
    const heads = edge()
    for (let seq = 3; seq < 60; seq += 2) {
      heads.sent("10", seq, true)
      heads.sent("10", seq + 1, true)
      // Each time it has not heard of the newest.
      heard({ "10": seq })
      await pass(1)
    }
    expect(told()).toEqual([])
    heard({ "10": 70 })
    heads.sent("10", 70, true)
    await pass(5)
    expect(told()).toEqual([])
    await heads.close()
  })

  test("what this one stored itself is told, though somebody's reading found it first", async () => {
    const heads = edge()
    heads.learned("10", 4, {})
    heads.moved({ channelId: "10", scope: -1, ver: 4, head: 4, items: [] }, true)
    await pass(1)
    expect(told()).toEqual([{ "10": 4 }])
    await heads.close()
  })

  test("this one does at once when it has something of its own to tell", async () => {
    const heads = edge()
    heads.sent("10", 3, true)
    heads.moved({ channelId: "10", scope: -1, ver: 4, head: 4, items: [] })
    heard({ "10": 3 })
    await pass(5)
    expect(told()).toEqual([{ "10": 4 }])
    heads.sent("10", 5)
    await pass(1)
    expect(told()).toHaveLength(2)
    await heads.close()
  })
})

test("a change that another node told is known: an answer that was read before it is not the newest", async () => {
  const { heads } = node()
  const before = { head: 3, marks: { "-1": 7 } }
  heads.heard("channel:changed", [{ channelId: "10", scope: -1, ver: 7, head: 3, items: [] }])
  expect(heads.isAhead("10", before)).toBe(false)
  heads.heard("channel:changed", [{ channelId: "10", scope: -1, ver: 8, head: 3, items: [] }])
  expect(heads.isAhead("10", before)).toBe(true)
  await heads.close()
})

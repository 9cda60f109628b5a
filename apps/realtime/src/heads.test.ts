import type { Database } from "@hearth/db"
import { expect, test, vi } from "vitest"
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

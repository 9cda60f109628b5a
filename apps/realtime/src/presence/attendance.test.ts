import type { Snowflake } from "@hearth/core"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { silentLogger } from "../logger.ts"
import { createAttendance } from "./attendance.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const EVERY = 300_000
const GATHER = 100
const RETRY = 1000
const setUp = () => {
  /** What was kept, call by call. */
  const kept: string[] = []
  const database = { away: false }
  const keep = (what: string, ids: readonly Snowflake[], ago = "") => {
    if (database.away) throw new Error("the database is away")
    if (ids.length > 0) kept.push(`${what} ${ids.join()}${ago}`)
  }
  const attendance = createAttendance({
    came: async (ids, agoMs) => keep("came", ids, ` for ${Math.round(agoMs)}`),
    left: async (ids) => keep("left", ids),
    stayed: async (ids) => keep("stayed", ids),
    ...{ everyMs: EVERY, gatherMs: GATHER, log: silentLogger() },
  })
  return { attendance, kept, database, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

it("keeps who comes and who goes, those of one moment at once, and only the last word on each", async () => {
  const { attendance, kept, pass } = setUp()
  for (const id of ["1", "2", "3"]) attendance.isHere(id)
  attendance.isGone("3", "offline")
  await pass(GATHER)
  expect(kept).toEqual(["left 3", `came 1,2 for ${GATHER}`])
  // They were here before.
  attendance.isHere("1")
  await pass(GATHER)
  expect(kept).toHaveLength(2)
  await attendance.close(false)
})

it("has nobody leave who is connected elsewhere, nor who died there and is here", async () => {
  const { attendance, kept, pass } = setUp()
  attendance.isHere("1")
  attendance.isHere("2")
  await pass(GATHER)
  attendance.isGone("1", "idle")
  attendance.lost(["2", "9"])
  await pass(GATHER)
  expect(kept.slice(1)).toEqual(["left 9"])
  await attendance.close(false)
})

it("keeps it later when it could not be kept, as of when it was so, and nothing that is no longer so", async () => {
  const { attendance, kept, database, pass } = setUp()
  database.away = true
  attendance.isHere("1")
  attendance.isHere("2")
  await pass(GATHER)
  attendance.isGone("2", "offline")
  await pass(RETRY - GATHER)
  database.away = false
  await pass(RETRY + GATHER)
  expect(kept).toEqual(["left 2", `came 1 for ${GATHER + RETRY}`])
  await attendance.close(false)
})

it("says every while again who is here", async () => {
  const { attendance, kept, pass } = setUp()
  attendance.isHere("1")
  await pass(EVERY)
  expect(kept.slice(1)).toEqual(["stayed 1"])
  await attendance.close(false)
  await pass(2 * EVERY)
  expect(kept).toHaveLength(2)
})

it("has everybody leave with the only node, and nobody with one of several", async () => {
  for (const alone of [true, false]) {
    const { attendance, kept, pass } = setUp()
    attendance.isHere("1")
    await pass(GATHER)
    await attendance.close(alone)
    expect(kept.slice(1)).toEqual(alone ? ["left 1"] : [])
  }
})

import { expect, test } from "vitest"
import { KEPT_AROUND, NOBODY_HELD, takeSlices } from "./member-slices.ts"
import type { MemberSlice } from "./protocol.ts"

const slice = (from: number, names: string[], total: number): MemberSlice => ({
  guildId: "1",
  from,
  rows: names.map((displayName, i) => ({ user: { id: String(from + i + 1), displayName }, roleIds: [], joinedAt: 0 })),
  groups: [{ key: "online", count: total }],
  total,
})
const names = ({ rows }: { rows: ReadonlyMap<number, { user: { displayName: string } }> }) =>
  Object.fromEntries([...rows].map(([rank, row]) => [rank, row.user.displayName]))

test("a slice replaces the ranks of its rows", () => {
  let held = takeSlices(NOBODY_HELD, [slice(0, ["a", "b", "c"], 3)], [[0, 100]])
  held = takeSlices(held, [slice(1, ["x"], 3)], [[0, 100]])
  expect(names(held)).toEqual({ 0: "a", 1: "x", 2: "c" })
})

test("rows that say the same stay the same objects", () => {
  const held = takeSlices(NOBODY_HELD, [slice(0, ["a", "b"], 2)], [[0, 100]])
  const after = takeSlices(held, [slice(0, ["a", "x"], 2)], [[0, 100]])
  expect([0, 1].map((rank) => after.rows.get(rank) === held.rows.get(rank))).toEqual([true, false])
})

test("one without rows says how long the groups are, and leaves the rows", () => {
  const held = takeSlices(NOBODY_HELD, [slice(0, ["a", "b"], 2)], [[0, 100]])
  const after = takeSlices(held, [{ ...slice(0, [], 9), total: 9 }], [[0, 100]])
  expect(names(after)).toEqual({ 0: "a", 1: "b" })
  expect([after.total, after.groups]).toEqual([9, [{ key: "online", count: 9 }]])
})

test("what lies beyond the end goes, and what lies far from all that is watched", () => {
  const held = takeSlices(NOBODY_HELD, [slice(0, ["a", "b", "c"], 3)], [[0, 100]])
  expect(names(takeSlices(held, [slice(0, ["a"], 1)], [[0, 100]]))).toEqual({ 0: "a" })
  const far = 2 + KEPT_AROUND
  expect(names(takeSlices(held, [slice(far, ["z"], far + 1)], [[far, 100]]))).toEqual({ 2: "c", [far]: "z" })
})

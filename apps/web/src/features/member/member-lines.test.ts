import { describe, expect, it } from "vitest"
import { linesOf, type MemberLines, rangesFor } from "./member-lines.ts"

const heights = { group: 30, member: 44 }
const groups = [
  { key: "1", count: 1 },
  { key: "2", count: 0 },
  { key: "offline", count: 2 },
]
const all = (lines: MemberLines) =>
  Array.from({ length: lines.length }, (_, i) => {
    const line = lines.at(i)
    return line.kind === "group" ? line.group.key : `${line.rank}${line.away ? "-" : ""}`
  })

describe("the lines of the member list", () => {
  it("are groups with their members by rank; empty groups are left out", () => {
    expect(all(linesOf(groups, 4))).toEqual(["1", "0", "offline", "1-", "2-", "3"])
    expect(all(linesOf([], 0))).toEqual([])
    expect(all(linesOf([{ key: "online", count: 5 }], 2))).toEqual(["online", "0", "1"])
  })

  it("of members are found by rank", () => {
    for (const lines of [linesOf(groups, 4), linesOf(groups, 3), linesOf(groups, 2), linesOf([], 0)]) {
      for (let i = 0; i < lines.length; i++) {
        const line = lines.at(i)
        if (line.kind === "member") expect(lines.of(line.rank)).toBe(i)
      }
      for (const rank of [-1, 4]) expect(lines.of(rank)).toBe(-1)
    }
  })

  it("begin where those above them end, and are found there", () => {
    for (const lines of [
      linesOf(groups, 4),
      linesOf(groups, 3),
      linesOf([{ key: "online", count: 500_000 }], 500_000),
    ]) {
      let top = 0
      for (let i = 0; i < Math.min(lines.length, 1_000); i++) {
        expect(lines.top(i, heights)).toBe(top)
        const height = lines.at(i).kind === "group" ? heights.group : heights.member
        expect([lines.find(top, heights), lines.find(top + height - 1, heights)]).toEqual([i, i])
        top += height
      }
    }
    const large = linesOf(
      [
        { key: "online", count: 100_000 },
        { key: "offline", count: 400_000 },
      ],
      500_000,
    )
    expect(large.top(large.length, heights)).toBe(2 * 30 + 500_000 * 44)
    expect(large.at(100_001)).toEqual({ kind: "group", group: { key: "offline", count: 400_000 } })
    expect(large.find(large.top(400_000, heights), heights)).toBe(400_000)
    expect(large.find(Number.MAX_SAFE_INTEGER, heights)).toBe(500_001)
    expect(large.find(-5, heights)).toBe(0)
  })

  it("know which ranks are among them", () => {
    const lines = linesOf(groups, 4)
    expect(lines.ranks(0, 2)).toEqual([0, 1])
    expect(lines.ranks(2, 5)).toEqual([1, 3])
    expect(lines.ranks(0, lines.length)).toEqual([0, 4])
    expect(lines.ranks(9, 99)).toEqual([4, 4])
    expect(linesOf([], 0).ranks(0, 0)).toEqual([0, 0])
  })
})

describe("what is asked for", () => {
  it("is what is drawn, in steps", () => {
    expect(rangesFor([0, 0])).toEqual([[0, 50]])
    expect(rangesFor([0, 33])).toEqual([[0, 50]])
    expect(rangesFor([40, 80])).toEqual([[0, 100]])
    expect(rangesFor([60, 180])).toEqual([
      [50, 100],
      [150, 50],
    ])
  })
  it("holds all that is drawn, and is never more than four ranges of a hundred", () => {
    for (let first = 0; first < 400; first += 7) {
      const ranges = rangesFor([first, first + 250])
      expect(ranges.length).toBeLessThanOrEqual(4)
      const [from] = ranges[0] ?? []
      const [at = 0, count = 0] = ranges.at(-1) ?? []
      expect(from).toBeLessThanOrEqual(first)
      expect(at + count).toBeGreaterThanOrEqual(first + 250)
      for (const [i, [start]] of ranges.entries()) expect(start).toBe((from ?? 0) + 100 * i)
      expect(ranges.every(([, count]) => count <= 100)).toBe(true)
    }
    expect(rangesFor([0, 5_000])).toHaveLength(4)
  })
})

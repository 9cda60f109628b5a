import { describe, expect, it } from "vitest"
import { itemsOf, rangesFor } from "./member-items.ts"

describe("the lines of the member list", () => {
  it("are groups with their members by rank; empty groups are left out", () => {
    const items = itemsOf(
      [
        { key: "1", count: 1 },
        { key: "2", count: 0 },
        { key: "offline", count: 2 },
      ],
      4,
    )
    expect(items.map((i) => (i.kind === "group" ? i.group.key : `${i.rank}${i.away ? "-" : ""}`))).toEqual([
      "1",
      "0",
      "offline",
      "1-",
      "2-",
      "3",
    ])
  })
})

describe("what is asked for", () => {
  const items = itemsOf([{ key: "online", count: 1000 }], 1000)
  it("is what is on screen, in steps", () => {
    expect(rangesFor(items, 0, 20)).toEqual([[0, 100]])
    expect(rangesFor(items, 30, 40)).toEqual([[0, 100]])
    expect(rangesFor(items, 500, 520)).toEqual([
      [450, 100],
      [550, 50],
    ])
    expect(rangesFor([], 0, 0)).toEqual([[0, 100]])
  })
  it("is never more than four ranges of a hundred", () => {
    const ranges = rangesFor(items, 0, 999)
    expect(ranges).toHaveLength(4)
    expect(ranges.every(([, count]) => count <= 100)).toBe(true)
  })
})

import { describe, expect, test } from "vitest"
import { countViewers, MAX_LISTED } from "./count-viewers.ts"

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => String(from + i))

describe("counting viewers", () => {
  test("people count once, wherever they look", () => {
    expect(countViewers(["1", "2"], [{ count: 2, userIds: ["2", "3"] }])).toEqual({
      count: 3,
      userIds: ["1", "2", "3"],
    })
  })

  test("the sample is at most 8, the same whoever counts, and stays as long as they stay", () => {
    const all = ids(1, 12)
    const [here, there] = [all.slice(0, 5), all.slice(5)]
    const expected = { count: 11, userIds: ids(1, 9) }
    expect(countViewers(here, [{ count: there.length, userIds: there }])).toEqual(expected)
    expect(countViewers(there, [{ count: here.length, userIds: here }])).toEqual(expected)
    expect(countViewers([...all, "999"], []).userIds).toEqual(ids(1, 9))
    // As numbers: a longer id is the larger.
    expect(countViewers(["10", "9"], []).userIds).toEqual(["9", "10"])
  })

  test("of a room of thousands the number is whole, and the sample small", () => {
    const here = ids(100_000, 105_000).reverse()
    const listed = ids(200_000, 200_000 + MAX_LISTED)
    const viewers = countViewers(here, [
      { count: 3_000, userIds: listed },
      { count: 1, userIds: ["7"] },
    ])
    expect(viewers).toEqual({ count: 8_001, userIds: ["7", ...ids(100_000, 100_007)] })
  })
})

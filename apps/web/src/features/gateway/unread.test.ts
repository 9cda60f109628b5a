import { describe, expect, it } from "vitest"
import { unreadOf } from "./unread.ts"

describe("what is unread", () => {
  const readStates = [{ channelId: "1", lastReadSeq: 4 }]

  it("is what the head is ahead of the mark, and never less than nothing", () => {
    const state = { readStates, heads: { "1": 9, "2": 3 } }
    expect(["1", "2", "3"].map((id) => unreadOf(state, id))).toEqual([5, 3, 0])
    expect(unreadOf({ readStates, heads: { "1": 2 } }, "1")).toBe(0)
  })

  it("follows a new list of marks", () => {
    const heads = { "1": 9 }
    expect(unreadOf({ readStates, heads }, "1")).toBe(5)
    expect(unreadOf({ readStates: [{ channelId: "1", lastReadSeq: 9 }], heads }, "1")).toBe(0)
  })
})

import { describe, expect, it } from "vitest"
import type { Bootstrap } from "@hearth/core"
import { allMentionsOf, mentionsIn, mentionsOf, unreadOf } from "./unread.ts"

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

describe("what addresses the reader", () => {
  const guild = (id: string, ...channels: string[]) => ({ guild: { id }, channels: channels.map((c) => ({ id: c })) })
  const b = {
    guilds: [guild("1", "11", "12"), guild("2", "21")],
    readStates: [{ channelId: "11", lastReadSeq: 4 }],
    heads: {},
    mentions: { "11": [3, 4, 5, 6], "21": [1], "99": [1] },
  } as unknown as Bootstrap

  it("counts above the mark, of a channel, a server, and all that one may view", () => {
    expect(["11", "12", "21"].map((id) => mentionsOf(b, id))).toEqual([2, 0, 1])
    expect([allMentionsOf(b, "1"), allMentionsOf(b, "2"), allMentionsOf(b)]).toEqual([2, 1, 3])
    const threads = { ...b, mentions: { ...b.mentions, "111": [1, 2] }, parents: { "111": "11" } }
    expect([mentionsIn(threads, "11"), mentionsIn(threads, "111"), mentionsOf(threads, "11")]).toEqual([2, 2, 4])
    expect([allMentionsOf(threads, "1"), allMentionsOf(threads)]).toEqual([4, 5])
    const { mentions: _, ...without } = b
    expect(allMentionsOf(without)).toBe(0)
  })
})

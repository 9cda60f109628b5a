import { applyEvent, type Bootstrap } from "@hearth/core"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { allMentionsOf, mentionsIn, mentionsOf, unreadOf } from "./unread.ts"

it("[5.32] counts what is said in conversations apart from servers, and nothing where one muted it or did not let them in", () => {
  const talk = (id: string, how: { muted?: boolean; pending?: boolean } = {}) => ({
    guild: { id },
    channels: [{ id }],
    conversation: { muted: false, pending: false, ...how },
  })
  const b = {
    guilds: [
      { guild: { id: "9" }, channels: [{ id: "1" }] },
      talk("20"),
      talk("21", { muted: true }),
      talk("22", { pending: true }),
    ],
    readStates: [{ channelId: "20", lastReadSeq: 1 }],
    heads: {},
    mentions: { "1": [4], "20": [1, 2, 3], "21": [1], "22": [1, 2], "30": [7] },
    parents: { "30": "21" },
  } as unknown as Bootstrap
  expect([undefined, "servers", "conversations", "9", "20", "21"].map((of) => allMentionsOf(b, of))).toEqual([
    3, 1, 2, 1, 2, 0,
  ])
  expect(["20", "21", "22"].map((id) => mentionsOf(b, id))).toEqual([2, 0, 0])
})

describe("what is unread", () => {
  const readStates = [{ channelId: "1", lastReadSeq: 4 }]

  it("is what the head is ahead of the mark, and never less than nothing", () => {
    const state = { readStates, heads: { "1": 9, "2": 3 } }
    expect(["1", "2", "3"].map((id) => unreadOf(state, id))).toEqual([5, 3, 0])
    expect(unreadOf({ readStates, heads: { "1": 2 } }, "1")).toBe(0)
  })

  it("[5.20] is less by what was deleted above the mark, and by nothing that one has not heard of", () => {
    const state = { readStates, heads: { "1": 9, "2": 3 }, deleted: { "1": [2, 4, 5, 9, 10], "2": [1, 2, 3] } }
    expect(["1", "2"].map((id) => unreadOf(state, id))).toEqual([3, 0])
  })

  it("[7.1] is the same from a snapshot and events, in whatever order they come, as from a newer snapshot", () => {
    const base = {
      guilds: [{ guild: { id: "9" }, channels: [{ id: "1" }] }],
      readStates: [{ channelId: "1", lastReadSeq: 0 }],
      heads: { "1": 0 },
    } as unknown as Bootstrap
    const step = fc.oneof(
      fc.record({ kind: fc.constant("say" as const) }),
      fc.record({ kind: fc.constant("delete" as const), at: fc.nat() }),
      fc.record({ kind: fc.constant("read" as const), at: fc.nat() }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, late) => {
        let head = 0
        let read = 0
        const gone = new Set<number>()
        let held = base
        const waiting: number[] = []
        for (const s of steps) {
          const at = "at" in s ? 1 + (s.at % Math.max(1, head)) : 0
          if (s.kind === "say") {
            head++
            held = applyEvent(held, "channel:activity", { heads: { "1": head } })
          } else if (head > 0 && s.kind === "delete") {
            gone.add(at)
            if (late) waiting.push(at)
            else held = applyEvent(held, "channel:activity", { heads: {}, deleted: { "1": [at] } })
          } else if (head > 0) {
            read = Math.max(read, at)
            held = applyEvent(held, "read:marked", { channelId: "1", lastReadSeq: read })
          }
        }
        if (waiting.length > 0)
          held = applyEvent(held, "channel:activity", { heads: {}, deleted: { "1": [...new Set(waiting)] } })
        const left = Array.from({ length: head }, (_, i) => i + 1).filter((n) => n > read && !gone.has(n)).length
        const above = [...gone].filter((n) => n > read).sort((x, y) => x - y)
        const readNow = [{ channelId: "1", lastReadSeq: read }]
        const fresh = { ...base, heads: { "1": head }, readStates: readNow, deleted: { "1": above } }
        expect([unreadOf(held, "1"), unreadOf(fresh, "1")]).toEqual([left, left])
      }),
    )
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

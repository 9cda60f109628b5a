import type { Bootstrap } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { nextChannel, nextUnread, pathFrom } from "./channel-walk.ts"

const guild = (id: string, channels: string[]) => ({
  guild: { id },
  channels: channels.map((c) => ({ id: c, guildId: id })),
})
const b = {
  guilds: [guild("1", ["11", "12", "13"]), guild("2", ["21"])],
  heads: { "11": 5, "13": 2, "21": 1 },
  readStates: [
    { channelId: "11", lastReadSeq: 5 },
    { channelId: "13", lastReadSeq: 1 },
  ],
} as unknown as Bootstrap

const next = (state: Bootstrap, channelId: string | undefined, by: 1 | -1) =>
  nextUnread(state, { channelId }, by)?.channelId

describe("walking through channels", () => {
  it("goes to the one above or below, and round at the ends", () => {
    expect(nextChannel(b, "1", "11", 1)?.id).toBe("12")
    expect(nextChannel(b, "1", "11", -1)?.id).toBe("13")
    expect(nextChannel(b, "1", "13", 1)?.id).toBe("11")
    expect(nextChannel(b, "2", "21", 1)).toBeNull()
  })

  it("finds what is unread, in other servers too, and never what is open", () => {
    expect(next(b, "11", 1)).toBe("13")
    expect(next(b, "13", 1)).toBe("21")
    expect(next(b, "21", 1)).toBe("13")
    expect(next(b, "13", -1)).toBe("21")
    expect(next({ ...b, heads: { "13": 2 } }, "13", 1)).toBeUndefined()
    expect(next({ ...b, deleted: { "13": [2] } }, "11", 1)).toBe("21")
  })

  it("walks conversations as their list has them, and stops at none that one does not want to hear of", () => {
    const talk = (id: string, how: { muted?: boolean; pending?: boolean } = {}) => ({
      ...guild(id, [id]),
      conversation: { muted: false, pending: false, ...how },
    })
    const talks = [talk("31"), talk("32", { pending: true }), talk("33", { muted: true }), talk("34")]
    const more = { ...b, guilds: [...b.guilds, ...talks], heads: { "31": 1, "32": 1, "33": 1 } } as unknown as Bootstrap
    expect(nextChannel(more, "34", "34", 1)?.id).toBe("33")
    expect(nextChannel(more, "33", "33", 1)?.id).toBe("31")
    expect(nextChannel(more, "31", "31", 1)?.id).toBe("34")
    expect(nextChannel(more, "2", "21", 1)).toBeNull()
    expect(nextUnread(more, { channelId: "21" }, 1)?.channelId).toBe("31")
    expect(nextUnread(more, { channelId: "31" }, 1)).toBeNull()
    expect(nextUnread(more, { channelId: "33" }, 1)?.channelId).toBe("31")
  })

  it("starts at either end where no channel is open", () => {
    expect(next(b, undefined, 1)).toBe("13")
    expect(next(b, undefined, -1)).toBe("21")
  })

  it("finds threads with something unread, below the channel that they hang in, followed or not", () => {
    const threads = {
      ...b,
      threads: [{ id: "99", guildId: "1", channelId: "11", seq: 3, head: 2 }],
      parents: { "98": "12", "97": "12" },
      mentions: { "98": [4] },
    } as unknown as Bootstrap
    const [of11, of12] = [
      { guildId: "1", channelId: "11", threadId: "99" },
      { guildId: "1", channelId: "12", threadId: "98" },
    ]
    expect(nextUnread(threads, { channelId: "11" }, 1)).toEqual(of11)
    expect(nextUnread(threads, of11, 1)).toEqual(of12)
    expect(nextUnread(threads, of12, 1)).toEqual({ guildId: "1", channelId: "13" })
    expect(nextUnread(threads, { channelId: "13" }, -1)).toEqual(of12)
    // A thread that was read, and is still open, is where its channel is.
    expect(nextUnread(threads, { channelId: "12", threadId: "97" }, -1)).toEqual(of11)
  })

  it("leads to the address of what it finds, and nowhere when there is nothing", () => {
    const threads = [{ id: "99", guildId: "1", channelId: "12", seq: 3, head: 2 }]
    const here = { guildId: "1", channelId: "11" }
    expect(pathFrom(b, here, 1, false)).toBe("/s/1/12")
    expect(pathFrom(b, {}, 1, false)).toBeNull()
    expect(pathFrom(b, here, 1, true)).toBe("/s/1/13")
    expect(pathFrom({ ...b, threads }, here, 1, true)).toBe("/s/1/12/t/99")
    expect(pathFrom({ ...b, heads: {} }, here, 1, true)).toBeNull()
  })
})

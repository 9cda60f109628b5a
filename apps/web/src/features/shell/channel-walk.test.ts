import type { Bootstrap } from "@hearth/core"
import { describe, expect, it } from "vitest"
import { nextChannel, nextUnread } from "./channel-walk.ts"

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

describe("walking through channels", () => {
  it("goes to the one above or below, and round at the ends", () => {
    expect(nextChannel(b, "1", "11", 1)?.id).toBe("12")
    expect(nextChannel(b, "1", "11", -1)?.id).toBe("13")
    expect(nextChannel(b, "1", "13", 1)?.id).toBe("11")
    expect(nextChannel(b, "2", "21", 1)).toBeNull()
  })

  it("finds what is unread, in other servers too, and never what is open", () => {
    expect(nextUnread(b, "11", 1)?.id).toBe("13")
    expect(nextUnread(b, "13", 1)?.id).toBe("21")
    expect(nextUnread(b, "21", 1)?.id).toBe("13")
    expect(nextUnread(b, "13", -1)?.id).toBe("21")
    expect(nextUnread({ ...b, heads: { "13": 2 } }, "13", 1)).toBeNull()
    expect(nextUnread({ ...b, deleted: { "13": [2] } }, "11", 1)?.id).toBe("21")
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
    expect(nextUnread(more, "21", 1)?.id).toBe("31")
    expect(nextUnread(more, "31", 1)).toBeNull()
    expect(nextUnread(more, "33", 1)?.id).toBe("31")
  })

  it("starts at either end where no channel is open", () => {
    expect(nextUnread(b, undefined, 1)?.id).toBe("13")
    expect(nextUnread(b, undefined, -1)?.id).toBe("21")
  })
})

import { describe, expect, it } from "vitest"
import { addressOf } from "./address.ts"

describe("what a path names", () => {
  it("is a server, a channel, a message", () => {
    expect(addressOf("/")).toEqual({})
    expect(addressOf("/settings/account")).toEqual({})
    expect(addressOf("/s/1")).toEqual({ guildId: "1", seq: undefined })
    expect(addressOf("/s/1/2")).toEqual({ guildId: "1", channelId: "2", seq: undefined })
    expect(addressOf("/s/1/2/30")).toEqual({ guildId: "1", channelId: "2", seq: 30 })
  })

  it("is a thread in a channel, and a message in that", () => {
    const place = { guildId: "1", channelId: "2", seq: undefined }
    expect(addressOf("/s/1/2/t/3")).toEqual({ ...place, thread: { id: "3", seq: undefined } })
    expect(addressOf("/s/1/2/t/3/40")).toEqual({ ...place, thread: { id: "3", seq: 40 } })
    expect(addressOf("/s/1/2/t/3/x")).toEqual({ ...place, thread: { id: "3", seq: undefined } })
    expect(addressOf("/s/1/2/t")).toEqual(place)
  })

  it("is a conversation, whose channel has its id, a message in it, a thread; or all, or those that wait", () => {
    const place = { messages: true, guildId: "7", channelId: "7", seq: undefined }
    for (const path of ["/messages", "/messages/"]) expect(addressOf(path)).toEqual({ messages: true })
    expect(addressOf("/messages/requests")).toEqual({ messages: true, requests: true })
    for (const path of ["/messages/7", "/s/7/7"]) expect(addressOf(path)).toEqual(place)
    for (const path of ["/messages/7/30", "/s/7/7/30"]) expect(addressOf(path)).toEqual({ ...place, seq: 30 })
    expect(addressOf("/messages/7/t/3/40")).toEqual({ ...place, thread: { id: "3", seq: 40 } })
    expect(addressOf("/messagesandmore")).toEqual({})
    expect(addressOf("/friends")).toEqual({ friends: true })
  })

  it("is Catch up, and what is chosen in it", () => {
    expect(addressOf("/catch-up")).toEqual({ catchUp: { channelId: undefined } })
    expect(addressOf("/catch-up/2")).toEqual({ catchUp: { channelId: "2" } })
    expect(addressOf("/catch-upwards")).toEqual({})
  })

  it("is what was saved for later", () => {
    for (const path of ["/later", "/later/"]) expect(addressOf(path)).toEqual({ later: true })
    expect(addressOf("/later/scheduled")).toEqual({ later: true, scheduled: true })
    expect(addressOf("/later/on")).toEqual({})
  })

  it("is no channel in a server's settings, and no message by what is not a number", () => {
    expect(addressOf("/s/1/settings/members")).toEqual({ guildId: "1", seq: undefined })
    for (const odd of ["0", "01", "-1", "x", "1234567890123456"]) expect(addressOf(`/s/1/2/${odd}`).seq).toBeUndefined()
  })
})

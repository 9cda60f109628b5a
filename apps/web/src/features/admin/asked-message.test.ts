import { describe, expect, it } from "vitest"
import { addressOfMessage, readAsked } from "./asked-message.ts"

const channelId = "2234567890123456789"
const messageId = "2234567890999999999"

describe("what is pasted", () => {
  it.each([
    `https://chat.example.org/s/12345/${channelId}/42`,
    ` /s/12345/${channelId}/42 `,
    `https://chat.example.org/s/12345/${channelId}/42?x=1#y`,
    `${channelId} 42`,
    `${channelId}/42`,
    `${channelId}, #42`,
  ])("is a message's place: %s", (text) => {
    expect(readAsked(text)).toEqual({ kind: "address", at: { channelId, seq: 42 } })
  })
  it("is an id, alone or with its channel", () => {
    expect(readAsked(messageId)).toEqual({ kind: "id", messageId })
    expect(readAsked(`${channelId} ${messageId}`)).toEqual({ kind: "id", messageId, channelId })
  })
  it.each(["", "hello", "0", "-1", "1.5", `${channelId} 42 7`, "9".repeat(19), "9".repeat(30), `${channelId} no`])(
    "is nothing: %j",
    (text) => expect(readAsked(text)).toBeNull(),
  )
})

describe("the page's address", () => {
  it("names a channel and a number, and nothing else", () => {
    expect(addressOfMessage([channelId, "42"])).toEqual({ channelId, seq: 42 })
    for (const at of [[], [channelId], [channelId, "0"], [channelId, messageId], [channelId, "4", "2"], ["x", "1"]])
      expect(addressOfMessage(at)).toBeNull()
  })
})

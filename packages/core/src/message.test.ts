import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BUCKET_SIZE, bucketOf } from "./limits.ts"
import { Emoji } from "./emoji.ts"
import { DeleteMessage, EditMessage, Marks, Nonce, PageCursor, SendMessage, Span } from "./message.ts"
import { commands, HandshakeAuth } from "./protocol.ts"

const draft = { channelId: "4200000000000", content: "hello", nonce: "0123456789abcdef" }
const ok = (schema: { safeParse(v: unknown): { success: boolean } }, v: unknown) => schema.safeParse(v).success

describe("message:send", () => {
  it("takes a channel, a body and a nonce", () => {
    expect(SendMessage.parse(draft)).toEqual(draft)
    expect(SendMessage.parse({ ...draft, replyTo: 3 })).toEqual({ ...draft, replyTo: 3 })
  })

  it("drops fields that it does not know: nobody sends as another", () => {
    expect(SendMessage.parse({ ...draft, authorId: "1", seq: 9 })).toEqual(draft)
  })

  it.each([
    ["no body at all", undefined],
    ["null", null],
    ["text", "hello"],
    ["an array", [draft]],
    ["no channel", { ...draft, channelId: undefined }],
    ["a channel that is no id", { ...draft, channelId: "general" }],
    ["a channel that is a number", { ...draft, channelId: 42 }],
    ["an empty body", { ...draft, content: "" }],
    ["a body of spaces", { ...draft, content: " \n " }],
    ["a body that is too long", { ...draft, content: "a".repeat(4001) }],
    ["a body with control characters", { ...draft, content: "a\u0000b" }],
    ["a body that is no text", { ...draft, content: { toString: "x" } }],
    ["no nonce", { ...draft, nonce: undefined }],
    ["a short nonce", { ...draft, nonce: "short" }],
    ["a long nonce", { ...draft, nonce: "a".repeat(37) }],
    ["a nonce with other characters", { ...draft, nonce: "0123456789abcde:" }],
    ["an answer to message 0", { ...draft, replyTo: 0 }],
    ["an answer to message 1.5", { ...draft, replyTo: 1.5 }],
    ["an answer to a number too large", { ...draft, replyTo: 2 ** 53 }],
  ])("refuses %s", (_, body) => {
    expect(ok(SendMessage, body)).toBe(false)
  })

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (channelId, content, nonce) => {
        SendMessage.safeParse({ channelId, content, nonce })
      }),
    )
  })

  it("is not touched by __proto__", () => {
    const parsed = SendMessage.safeParse(JSON.parse(`{"__proto__":{"admin":true},${JSON.stringify(draft).slice(1)}`))
    expect(parsed.success).toBe(true)
    expect(parsed.data && "admin" in parsed.data).toBe(false)
  })
})

describe("every command", () => {
  it.each(Object.entries(commands))("%s refuses what is no object, and never throws", (_, { body }) => {
    for (const bad of [undefined, null, 0, "", "{}", [], true]) expect(ok(body, bad)).toBe(false)
    fc.assert(
      fc.property(fc.anything(), (anything) => void body.safeParse(anything)),
      { numRuns: 50 },
    )
  })
})

describe("a nonce", () => {
  it("may be a UUID", () => {
    expect(ok(Nonce, crypto.randomUUID())).toBe(true)
  })
})

describe("edit and delete", () => {
  it("an edit names the version that it replaces", () => {
    const edit = { channelId: "1", seq: 1, version: 1, content: "better" }
    expect(ok(EditMessage, edit)).toBe(true)
    expect(ok(EditMessage, { ...edit, version: 0 })).toBe(false)
    expect(ok(EditMessage, { ...edit, content: "" })).toBe(false)
    expect(ok(DeleteMessage, { channelId: "1", seq: 0 })).toBe(false)
  })
})

describe("a span", () => {
  it("may hold nothing, but never less", () => {
    expect(ok(Span, { from: 1, to: 0 })).toBe(true)
    expect(ok(Span, { from: 5, to: 4 })).toBe(true)
    expect(ok(Span, { from: 5, to: 3 })).toBe(false)
    expect(ok(Span, { from: 0, to: 3 })).toBe(false)
  })
})

describe("marks", () => {
  it("are versions under decimal scopes", () => {
    expect(ok(Marks, { "-1": 7 })).toBe(true)
    expect(ok(Marks, { "0": 1, "12": 0 })).toBe(true)
    for (const bad of [{ "-2": 1 }, { "01": 1 }, { x: 1 }, { "": 1 }, { "0": -1 }, { "0": "1" }])
      expect(ok(Marks, bad)).toBe(false)
  })
})

describe("a page cursor", () => {
  it("is one of before, after and around, or none", () => {
    for (const good of [{}, { before: 5 }, { after: 0 }, { around: 5 }]) expect(ok(PageCursor, good)).toBe(true)
    for (const bad of [{ before: 5, after: 1 }, { before: 0 }, { around: -1 }, { after: 1.5 }])
      expect(ok(PageCursor, bad)).toBe(false)
  })
})

describe("an emoji", () => {
  it.each(["🔥", "👩‍👩‍👧", "🇪🇺", "👍🏽", "❤️", "1️⃣"])("%s is one", (s) => {
    expect(ok(Emoji, s)).toBe(true)
  })
  it.each(["", " ", "a", "ok", "🔥🔥", "\u0000", "<b>", "\uD83D"])("%j is none", (s) => {
    expect(ok(Emoji, s)).toBe(false)
  })
})

describe("buckets", () => {
  it("hold a thousand numbers each, from 1", () => {
    expect([1, BUCKET_SIZE, BUCKET_SIZE + 1].map(bucketOf)).toEqual([0, 0, 1])
  })
})

describe("the handshake", () => {
  it("carries a ticket, the protocol version and a position", () => {
    expect(ok(HandshakeAuth, { ticket: "a.b", protocol: 1, pos: "0" })).toBe(true)
    for (const bad of [
      {},
      { ticket: "a.b", protocol: 1 },
      { ticket: "a.b", protocol: "1", pos: "0" },
      { ticket: "a".repeat(2049), protocol: 1, pos: "0" },
      { ticket: "a", protocol: 1, pos: "-1" },
    ])
      expect(ok(HandshakeAuth, bad)).toBe(false)
  })
})

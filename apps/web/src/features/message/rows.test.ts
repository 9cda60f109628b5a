import type { Message } from "@hearth/core"
import { describe, expect, it } from "vitest"
import type { Outgoing } from "./outgoing-queue.ts"
import { buildRows } from "./rows.ts"
import { nextGrowth } from "./use-steady-rows.ts"

const ME = "1"
const NOON = new Date(2026, 4, 5, 12).getTime()
const MINUTE = 60_000

const message = (seq: number, over: Partial<Message> = {}): Message => ({
  channelId: "9",
  seq,
  id: String(seq),
  mver: 1,
  version: 1,
  authorId: "2",
  nonce: `nonce-of-message-${seq}`,
  content: `m${seq}`,
  createdAt: NOON + seq * 1000,
  editedAt: null,
  deleted: false,
  replyTo: null,
  reactions: {},
  ...over,
})
const outgoing = (nonce: string, over: Partial<Outgoing> = {}): Outgoing => ({
  nonce,
  userId: ME,
  channelId: "9",
  content: "on its way",
  replyTo: null,
  createdAt: NOON + 5 * MINUTE,
  state: "queued",
  tried: false,
  phase: "sending",
  seq: null,
  ...over,
})
const build = (messages: Message[], out: Outgoing[] = [], newAfter: number | null = null) =>
  buildRows(messages, out, { me: ME, newAfter })

describe("rows of a timeline", () => {
  it("groups what one person wrote within a few minutes", () => {
    const rows = build([
      message(1),
      message(2),
      message(3, { authorId: "3" }),
      message(4, { authorId: "3", createdAt: NOON + 20 * MINUTE }),
    ])
    expect(rows.map((r) => r.leads)).toEqual([true, false, true, true])
  })

  it("begins each day with its date", () => {
    const rows = build([message(1), message(2), message(3, { createdAt: NOON + 24 * 60 * MINUTE })])
    expect(rows.map((r) => r.day !== null)).toEqual([true, false, true])
    expect(rows[2]?.leads).toBe(true)
  })

  it("knows what addresses the reader, and what the same person says right after it", () => {
    const rows = build([
      message(1),
      message(2, { content: `<@${ME}> could you?` }),
      message(3),
      message(4),
      message(5, { authorId: "3" }),
      message(6, { authorId: "3", content: `ask <@${ME}>` }),
    ])
    expect(rows.map((r) => r.kind === "message" && r.forMe)).toEqual([
      null,
      { above: false, below: true },
      { above: true, below: true },
      { above: true, below: false },
      null,
      { above: false, below: false },
    ])
  })

  it("divides before the first message of others that is new", () => {
    const rows = build([message(1), message(2), message(3, { authorId: ME }), message(4), message(5)], [], 2)
    expect(rows.map((r) => r.newSince)).toEqual([null, null, null, message(3).createdAt, null])
    expect(rows[3]?.leads).toBe(true)
  })

  it("leaves deleted messages out", () => {
    expect(build([message(1), message(2, { deleted: true }), message(3)]).map((r) => r.key)).toEqual(["s:1", "s:3"])
  })

  it("shows a message of one's own once, under one key, from echo over ack to packet", () => {
    const nonce = "0123456789abcdefXYZ"
    const own = message(1, { authorId: ME, nonce })
    const echo = build([], [outgoing(nonce)])
    const acked = build([], [outgoing(nonce, { phase: "sent", seq: 1 })])
    const both = build([own], [outgoing(nonce, { phase: "sent", seq: 1 })])
    const log = build([own])
    for (const rows of [echo, acked, both, log]) expect(rows.map((r) => r.key)).toEqual([`n:${nonce}`])
    expect(both[0]?.kind).toBe("message")
  })

  it("does not take another person's nonce for one's own", () => {
    const nonce = "0123456789abcdefXYZ"
    expect(build([message(1, { nonce })], [outgoing(nonce)])).toHaveLength(2)
  })
})

describe("growing rows", () => {
  const rows = (from: number, to: number) => build(Array.from({ length: to - from + 1 }, (_, i) => message(from + i)))
  const keys = (list: readonly { key: string }[]) => list.map((r) => r.key)

  it("are told to come above, or below", () => {
    expect(nextGrowth(rows(5, 9), rows(1, 9)).shift).toBe(true)
    expect(nextGrowth(rows(5, 9), rows(5, 12))).toMatchObject({ shift: false })
  })

  it("come above first when they come on both sides", () => {
    const step = nextGrowth(rows(5, 9), rows(1, 12))
    expect(step.shift).toBe(true)
    expect(keys(step.rows)).toEqual(keys(rows(1, 9)))
    const end = nextGrowth(step.rows, rows(1, 12))
    expect(end.shift).toBe(false)
    expect(keys(end.rows)).toEqual(keys(rows(1, 12)))
  })

  it("are all new in another place of the channel", () => {
    expect(nextGrowth(rows(5, 9), rows(50, 60))).toMatchObject({ shift: false })
    expect(keys(nextGrowth([], rows(1, 2)).rows)).toEqual(keys(rows(1, 2)))
  })
})

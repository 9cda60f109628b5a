import type { Message } from "@hearth/core"
import { describe, expect, it } from "vitest"
import type { Outgoing } from "./outgoing-queue.ts"
import fc from "fast-check"
import { buildRows, createRows } from "./rows.ts"
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

  it("shows that something was deleted only where it is answered, also when the answer or the delete comes later", () => {
    const rows = createRows()
    const all = (deleted: boolean, answer: Partial<Message> | null) => [
      message(1),
      message(2, { deleted }),
      message(3),
      ...(answer ? [message(4, { authorId: "3", replyTo: 2, ...answer })] : []),
    ]
    const drawn = (messages: Message[]) =>
      rows(messages, [], { me: ME, newAfter: null }).map((r) => [r.key, r.leads] as const)
    expect(drawn(all(false, null)).map(([key]) => key)).toEqual(["s:1", "s:2", "s:3"])
    expect(drawn(all(true, null)).map(([key]) => key)).toEqual(["s:1", "s:3"])
    // Whoever wrote on is named anew below it.
    expect(drawn(all(true, {}))).toEqual([
      ["s:1", true],
      ["s:2", true],
      ["s:3", true],
      ["s:4", true],
    ])
    expect(drawn(all(true, { deleted: true })).map(([key]) => key)).toEqual(["s:1", "s:3"])
  })

  it("shows that something was deleted where a thread hangs on it, as soon as one does", () => {
    const build = createRows()
    const facts = { me: ME, newAfter: null }
    const keys = (all: Message[]) => build(all, [], facts).map((row) => row.key)
    const others = [message(1), message(3)] as const
    const thread = { id: "70", replies: 1, lastAt: NOON, people: ["2"] }
    const gone = message(2, { deleted: true, content: "" })
    expect(keys([others[0], gone, others[1]])).toEqual(["s:1", "s:3"])
    expect(keys([others[0], { ...gone, mver: 2, thread }, others[1]])).toEqual(["s:1", "s:2", "s:3"])
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

describe("rows of a timeline that changes", () => {
  const list = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i))

  it("are the same objects where nothing changed: when messages come below, above, and when one is edited", () => {
    const build = createRows()
    const facts = { me: ME, newAfter: null }
    const older = list(1, 9)
    const held = list(10, 40)
    const first = build(held, [], facts)
    const below = build([...held, message(41)], [], facts)
    expect(below.slice(0, 31)).toEqual(first)
    expect(below.slice(0, 31).every((row, i) => row === first[i])).toBe(true)

    const above = build([...older, ...held, message(41)], [], facts)
    // The first one had begun the day.
    expect(above.flatMap((row) => (below.includes(row) ? [] : [row.key]))).toEqual([
      ...older.map((m) => `s:${m.seq}`),
      "s:10",
      "s:41",
    ])

    const edited = [...older, ...held.with(5, message(15, { content: "new" })), message(41)]
    const changed = build(edited, [], facts)
    expect(changed.flatMap((row, i) => (row === above[i] ? [] : [row.key]))).toEqual(["s:15", "s:41"])
  })

  it("builds nothing but what came, with 10,000 loaded", () => {
    const build = createRows()
    const facts = { me: ME, newAfter: 5000 }
    let held: Message[] = list(1, 10_000)
    let rows = build(held, [], facts)
    for (let seq = 10_001; seq <= 10_050; seq++) {
      held = [...held, message(seq)]
      const next = build(held, [], facts)
      expect(next.filter((row, i) => row !== rows[i])).toHaveLength(1)
      rows = next
    }
  })

  it("come out as if they were built at once, whatever happened before", () => {
    const step = fc.record({
      from: fc.integer({ min: 1, max: 12 }),
      length: fc.integer({ min: 0, max: 12 }),
      deleted: fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 6 }),
      edited: fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 4 }),
      mine: fc.boolean(),
      newAfter: fc.option(fc.integer({ min: 0, max: 24 })),
    })
    const pool = new Map<string, Message>()
    const held = (seq: number, deleted: boolean, edited: boolean): Message => {
      const key = `${seq} ${deleted} ${edited}`
      const authorId = seq % 5 === 0 ? ME : String(2 + ((seq >> 2) % 2))
      const content = seq % 3 === 0 ? `<@${ME}> m${seq}` : `m${seq}`
      const known =
        pool.get(key) ??
        message(seq, {
          deleted,
          authorId,
          content,
          replyTo: seq % 4 === 0 ? seq - 2 : null,
          version: edited ? 2 : 1,
          createdAt: NOON + seq * 4 * MINUTE,
        })
      pool.set(key, known)
      return known
    }
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const build = createRows()
        for (const { from, length, deleted, edited, mine, newAfter } of steps) {
          const messages = Array.from({ length }, (_, i) =>
            held(from + i, deleted.includes(from + i), edited.includes(from + i)),
          )
          const out = mine ? [outgoing("nonce-of-message-5"), outgoing("another")] : []
          const facts = { me: ME, newAfter }
          expect(build(messages, out, facts)).toEqual(buildRows(messages, out, facts))
        }
      }),
      { numRuns: 500 },
    )
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

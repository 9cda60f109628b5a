import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { BUCKET_SIZE, bucketOf, CHANNEL_SCOPE, MAX_RESUME } from "./limits.ts"
import type { Changes, Marks, Message, Packet, Page, PageCursor, Span } from "./message.ts"
import {
  applyChanges,
  applyPacket,
  type ChannelView,
  emptyView,
  isBehind,
  joinParts,
  mergePage,
  newer,
  pageCovers,
  resumeFrom,
  trimView,
} from "./span.ts"

const CHANNEL = "100"

/** A channel's log as a store keeps it. `bucketed`: versions are counted per bucket, as in Cassandra. */
class Log {
  readonly rows: Message[] = []
  readonly vers = new Map<number, number>()
  readonly bucketed: boolean
  constructor(bucketed: boolean) {
    this.bucketed = bucketed
  }
  get head() {
    return this.rows.length
  }
  private scope(seq: number) {
    return this.bucketed ? bucketOf(seq) : CHANNEL_SCOPE
  }
  private packet(scope: number, make: (ver: number) => Message[]): Packet {
    const ver = (this.vers.get(scope) ?? 0) + 1
    this.vers.set(scope, ver)
    const items = make(ver)
    for (const row of items) this.rows[row.seq - 1] = row
    return { channelId: CHANNEL, scope, ver, head: this.head, items }
  }
  append(count = 1): Packet {
    const first = this.head + 1
    const scope = this.scope(first)
    // An append never crosses a bucket's end.
    const n = this.bucketed ? Math.min(count, (scope + 1) * BUCKET_SIZE - first + 1) : count
    return this.packet(scope, (mver) =>
      Array.from({ length: n }, (_, i) => ({
        channelId: CHANNEL,
        seq: first + i,
        id: String(1000 + first + i),
        mver,
        version: 1,
        authorId: "7",
        nonce: `nonce-${first + i}-0123456789`,
        content: `message ${first + i}`,
        createdAt: 1000 * (first + i),
        editedAt: null,
        deleted: false,
        replyTo: null,
        reactions: {},
      })),
    )
  }
  edit(seq: number): Packet {
    const row = this.rows[seq - 1]
    if (!row) throw new Error(`no row ${seq}`)
    return this.packet(this.scope(seq), (mver) => [
      { ...row, mver, version: row.version + 1, content: `${row.content}!`, editedAt: 1 },
    ])
  }
  marksOf(rows: readonly Message[]): Marks {
    return Object.fromEntries(rows.map((r) => [this.scope(r.seq), this.vers.get(this.scope(r.seq)) ?? 0]))
  }
  page({ before, after, around }: PageCursor, limit = 10): Page {
    const from =
      before !== undefined
        ? Math.max(1, before - limit)
        : after !== undefined
          ? after + 1
          : around !== undefined
            ? Math.max(1, around - Math.floor(limit / 2))
            : Math.max(1, this.head - limit + 1)
    const to = before !== undefined ? Math.min(before - 1, this.head) : Math.min(from + limit - 1, this.head)
    const messages = this.rows.slice(from - 1, Math.max(from - 1, to))
    return { messages, marks: this.marksOf(messages), head: this.head }
  }
  since(span: Span | null, marks: Marks): Changes {
    const unknown = Object.entries(marks).some(([scope, ver]) => ver > (this.vers.get(Number(scope)) ?? 0))
    if (!span || unknown || span.to > this.head || this.head - span.to > MAX_RESUME)
      return { reset: true, changed: [], ...this.page({}) }
    const held = this.rows.slice(span.from - 1, span.to)
    const messages = this.rows.slice(span.to)
    return {
      reset: false,
      messages,
      changed: held.filter((r) => r.mver > (marks[String(this.scope(r.seq))] ?? 0)),
      marks: this.marksOf([...held, ...messages]),
      head: this.head,
    }
  }
}

const filled = (count: number, bucketed = false) => {
  const log = new Log(bucketed)
  while (log.head < count) log.append(count - log.head)
  return log
}
const opened = (log: Log): ChannelView => applyChanges(emptyView(CHANNEL), log.since(null, {}))
const seqs = (view: ChannelView) => view.messages.map((m) => m.seq)

describe("a view of a channel", () => {
  it("applies a packet that follows", () => {
    const log = filled(3)
    const view = applyPacket(opened(log), log.append(2))
    expect(seqs(view)).toEqual([1, 2, 3, 4, 5])
    expect(view).toMatchObject({ span: { from: 1, to: 5 }, marks: { "-1": 2 }, head: 5, live: true, waiting: [] })
  })

  it("starts with an empty channel, and takes its first message", () => {
    const log = new Log(true)
    const empty = opened(log)
    expect(empty).toMatchObject({ span: { from: 1, to: 0 }, live: true })
    expect(seqs(applyPacket(empty, log.append()))).toEqual([1])
  })

  it("holds back what does not follow, and applies it when the missing packet comes", () => {
    const log = filled(1)
    const before = opened(log)
    const [a, b, c] = [log.append(), log.append(), log.append()]
    const waiting = applyPacket(applyPacket(before, c), b)
    expect(seqs(waiting)).toEqual([1])
    expect(waiting.waiting).toHaveLength(2)
    expect(seqs(applyPacket(waiting, a))).toEqual([1, 2, 3, 4])
    expect(applyPacket(waiting, a).waiting).toEqual([])
  })

  it("takes a doubled packet as nothing new", () => {
    const log = filled(1)
    const packet = log.append()
    const once = applyPacket(opened(log), packet)
    expect(applyPacket(once, packet)).toEqual(once)
  })

  it("keeps the newer of two copies of a row, whatever comes last", () => {
    const log = filled(2)
    const old = log.edit(1)
    const late = log.edit(1)
    const view = opened(log)
    expect(applyPacket(view, old).messages[0]).toEqual(late.items[0])
    expect(newer(late.items[0], old.items[0] as Message)).toBe(late.items[0])
  })

  it("keeps packets that came between the join and the first answer", () => {
    const log = filled(2)
    const answer = log.since(null, {})
    const joined = applyPacket(emptyView(CHANNEL), log.append())
    expect(seqs(applyChanges(joined, answer))).toEqual([1, 2, 3])
  })

  it("keeps packets that were applied while a reset was under way", () => {
    const log = filled(5)
    const view = opened(log)
    const answer = { ...log.page({}), reset: true, changed: [] }
    const packet = log.append()
    expect(seqs(applyChanges(applyPacket(view, packet), answer, [packet]))).toEqual([1, 2, 3, 4, 5, 6])
  })

  it("follows a reset to a log that is shorter than what was heard", () => {
    const view = opened(filled(9))
    const restored = filled(4)
    const answer = restored.since(view.span, { "-1": 99 })
    const after = applyChanges(view, answer)
    expect(after).toMatchObject({ span: { from: 1, to: 4 }, head: 4, live: true })
    expect(isBehind(after, 4, { "-1": 1 })).toBe(false)
  })

  it("puts the parts of an answer together with the lowest marks", () => {
    const log = filled(6)
    const { messages } = log.page({})
    const whole = joinParts([
      { reset: true, messages: messages.slice(0, 3), changed: [], marks: { "-1": 1 }, head: 6 },
      { reset: false, messages: messages.slice(2), changed: [], marks: { "-1": 3 }, head: 6 },
    ])
    expect(whole).toMatchObject({ reset: true, marks: { "-1": 1 }, head: 6 })
    expect(whole.messages).toEqual(messages)
  })

  it("does not take a page that a resume overtook", () => {
    const log = filled(30)
    const view = opened(log)
    const page = log.page({ before: 21 })
    log.edit(15)
    const resumed = applyChanges(view, log.since(view.span, view.marks))
    expect(pageCovers(resumed, page)).toBe(false)
    expect(pageCovers(resumed, log.page({ before: 21 }))).toBe(true)
  })

  it("takes a page when the packets since hold what it lacks", () => {
    const log = filled(30)
    const view = opened(log)
    const page = log.page({ before: 21 })
    const packet = log.edit(15)
    const after = applyPacket(view, packet)
    expect(pageCovers(after, page, [packet])).toBe(true)
    const merged = mergePage(after, page, [packet])
    expect(merged.messages[15 - 11]?.content).toBe("message 15!")
  })

  it("lets new messages pass by a view in the past, and does not wait for them", () => {
    const log = filled(BUCKET_SIZE + 500, true)
    const past = mergePage(emptyView(CHANNEL), log.page({ around: BUCKET_SIZE - 5 }))
    expect(past.live).toBe(false)
    const after = applyPacket(past, log.append())
    expect(after).toMatchObject({ waiting: [], span: past.span })
    expect(after.head).toBe(BUCKET_SIZE + 501)
    const upToTheEnd = mergePage(emptyView(CHANNEL), log.page({ before: BUCKET_SIZE + 1 }))
    expect(applyPacket(upToTheEnd, log.append()).waiting).toEqual([])
  })

  it("goes over the end of a bucket", () => {
    const log = filled(BUCKET_SIZE - 1, true)
    const view = [log.append(), log.append(), log.edit(BUCKET_SIZE)].reduce(applyPacket, opened(log))
    expect(view.span?.to).toBe(BUCKET_SIZE + 1)
    expect(view.marks["1"]).toBe(1)
    expect(view.waiting).toEqual([])
  })

  it("notices an advertised head or mark that is ahead", () => {
    const log = filled(3)
    const view = opened(log)
    expect(isBehind(view, 3, { "-1": 1 })).toBe(false)
    expect(isBehind(view, 4, {})).toBe(true)
    expect(isBehind(view, 3, { "-1": 2 })).toBe(true)
    expect(isBehind(view, 3, { "5": 2 })).toBe(false)
  })

  it("keeps the newest rows and their marks when trimmed", () => {
    const log = filled(BUCKET_SIZE + 5, true)
    const whole = mergePage(opened(log), log.page({ before: BUCKET_SIZE - 4 }, 5))
    const view = trimView(whole, 3)
    expect(seqs(view)).toEqual([BUCKET_SIZE + 3, BUCKET_SIZE + 4, BUCKET_SIZE + 5])
    expect(Object.keys(view.marks)).toEqual(["1"])
    expect(trimView(view, 3)).toBe(view)
  })

  it("bounds what waits", () => {
    const log = filled(1)
    const view = opened(log)
    log.append()
    const late = Array.from({ length: 1000 }, () => log.append())
    expect(late.reduce(applyPacket, view).waiting.length).toBeLessThanOrEqual(256)
  })
})

type Act =
  | { do: "append"; n: number }
  | { do: "edit"; at: number }
  | { do: "deliver"; at: number; twice: boolean }
  | { do: "lose"; at: number }
  | { do: "ask page"; kind: "before" | "after" | "around"; at: number }
  | { do: "read page" }
  | { do: "answer page" }
  | { do: "ask resume" }
  | { do: "read resume" }
  | { do: "answer resume" }
  | { do: "trim" }

const fraction = fc.double({ min: 0, max: 0.999, noNaN: true })
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("append" as const), n: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("edit" as const), at: fraction }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), at: fraction, twice: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("lose" as const), at: fraction }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("ask page" as const),
      kind: fc.constantFrom("before" as const, "after" as const, "around" as const),
      at: fraction,
    }),
  },
  {
    weight: 10,
    arbitrary: fc.constantFrom<Act>(
      { do: "read page" },
      { do: "answer page" },
      { do: "ask resume" },
      { do: "read resume" },
      { do: "answer resume" },
      { do: "trim" },
    ),
  },
)

/** A client that keeps the rules of SPEC.md §5 over a network that loses, doubles and reorders. */
class Client {
  view: ChannelView
  readonly log: Log
  readonly network: Packet[] = []
  private heard: Packet[] = []
  private page: { cursor: PageCursor; since: number; read: Page | null } | null = null
  private resume: { ask: ReturnType<typeof resumeFrom>; since: number; read: Changes | null } | null = null
  merged = 0

  constructor(log: Log) {
    this.log = log
    this.view = opened(log)
  }

  private hear(packet: Packet) {
    this.heard.push(packet)
    this.view = applyPacket(this.view, packet)
  }

  do(act: Act) {
    const { log, network } = this
    const pick = (at: number) => Math.floor(at * network.length)
    switch (act.do) {
      case "append":
        return network.push(log.append(act.n))
      case "edit": {
        // Around the span's lower end, where pages and resumes meet.
        const from = Math.max(1, (this.view.span?.from ?? 1) - 12)
        return network.push(log.edit(from + Math.floor(act.at * (log.head - from + 1))))
      }
      case "deliver": {
        const packet = network[pick(act.at)]
        if (!packet) return
        if (!act.twice) network.splice(pick(act.at), 1)
        return this.hear(packet)
      }
      case "lose":
        return network.splice(pick(act.at), 1)
      case "ask page": {
        const { span } = this.view
        if (this.page || !span) return
        const cursor =
          act.kind === "before"
            ? { before: Math.max(1, span.from) }
            : act.kind === "after"
              ? { after: span.to }
              : { around: 1 + Math.floor(act.at * log.head) }
        this.page = { cursor, since: this.heard.length, read: null }
        return
      }
      case "read page":
        if (this.page) this.page.read ??= log.page(this.page.cursor)
        return
      case "answer page": {
        // What a resume brings does not cover rows that it was not asked for: it goes first.
        if (!this.page?.read || this.resume) return
        const { read, since } = this.page
        this.page = null
        const packets = this.heard.slice(since)
        if (!pageCovers(this.view, read, packets)) return
        this.merged++
        this.view = mergePage(this.view, read, packets)
        return
      }
      case "ask resume":
        this.resume ??= { ask: resumeFrom(this.view), since: this.heard.length, read: null }
        return
      case "read resume":
        if (this.resume) this.resume.read ??= log.since(this.resume.ask.span, this.resume.ask.marks)
        return
      case "answer resume": {
        if (!this.resume?.read) return
        const { read, since } = this.resume
        this.resume = null
        this.view = applyChanges(this.view, read, this.heard.slice(since))
        return
      }
      case "trim":
        // Rows are only let go right before a resume is asked.
        if (!this.resume) this.view = trimView(this.view, 20)
    }
  }

  settle() {
    for (const d of ["read resume", "answer resume", "read page", "answer page"] as const) this.do({ do: d })
    for (const d of ["ask resume", "read resume", "answer resume"] as const) this.do({ do: d })
    // Packets that a resume overtook are not waited for.
    this.view = { ...this.view, waiting: [] }
    for (const d of ["ask resume", "read resume", "answer resume"] as const) this.do({ do: d })
  }
}

describe.each([
  { name: "one scope", bucketed: false, start: 300 },
  { name: "at the end of a bucket", bucketed: true, start: BUCKET_SIZE - 12 },
])("whatever the network does, $name", ({ bucketed, start }) => {
  it("a resume ends with exactly the log", () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 20, maxLength: 200 }), (acts) => {
        const client = new Client(filled(start, bucketed))
        for (const a of acts) {
          client.do(a)
          const { span, messages } = client.view
          // Never a hole, a double or a foreign row, not even in between.
          if (span) expect(seqs(client.view)).toEqual(messages.map((_, i) => span.from + i))
        }
        client.settle()
        const { span, messages, marks, live } = client.view
        expect(live).toBe(true)
        expect(span?.to).toBe(client.log.head)
        expect(messages).toEqual(client.log.rows.slice((span?.from ?? 1) - 1))
        expect(marks).toMatchObject(client.log.marksOf(messages))
      }),
      { numRuns: 400 },
    )
  })

  it("packets in any order, each doubled, are the log without any resume", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant("append" as const), fc.constant("edit" as const)), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.infiniteStream(fraction),
        (kinds, random) => {
          const log = filled(start, bucketed)
          const view = opened(log)
          const packets = kinds.map((k) => (k === "append" ? log.append(2) : log.edit(log.head - 3)))
          const shuffled = [...packets, ...packets]
            .map((packet) => ({ packet, at: random.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
          const end = shuffled.reduce((v, { packet }) => applyPacket(v, packet), view)
          expect(end.waiting).toEqual([])
          expect(end.messages).toEqual(log.rows.slice((end.span?.from ?? 1) - 1))
        },
      ),
      { numRuns: 200 },
    )
  })
})

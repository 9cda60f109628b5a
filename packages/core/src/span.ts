import type { Snowflake } from "./snowflake.ts"
import { BUCKET_SIZE, CHANNEL_SCOPE, MAX_SPAN } from "./limits.ts"
import type { Changes, Marks, Message, Packet, Page, Span } from "./message.ts"

/**
 * What a client holds of one channel: a contiguous span of rows and the marks of their scopes. Values are never changed in
 * place. The rules are those of SPEC.md §5; every function here is total, so a packet that makes no sense is only a gap.
 */
export interface ChannelView {
  readonly channelId: Snowflake
  /** null: nothing was read yet. */
  readonly span: Span | null
  readonly marks: Marks
  /** Rows of the span in `seq` order: index i holds `span.from + i`. */
  readonly messages: readonly Message[]
  /** The newest `seq` that the client has heard of. */
  readonly head: number
  /** Whether the span ends at the present. A view that was opened in the past is not live, and new messages pass it by. */
  readonly live: boolean
  /** Packets that cannot be applied yet. When one is left after 300 to 600 ms, resume. */
  readonly waiting: readonly Packet[]
}

export const emptyView = (channelId: Snowflake): ChannelView => ({
  channelId,
  span: null,
  marks: {},
  messages: [],
  head: 0,
  live: false,
  waiting: [],
})

/** Of two copies of a row, the one with the higher `mver` is the newer. */
export const newer = (a: Message | undefined, b: Message): Message => (a && a.mver >= b.mver ? a : b)

const firstSeqOf = (scope: number): number => (scope === CHANNEL_SCOPE ? 1 : scope * BUCKET_SIZE + 1)
const lastSeqOf = (scope: number): number =>
  scope === CHANNEL_SCOPE ? Number.POSITIVE_INFINITY : (scope + 1) * BUCKET_SIZE

/** Puts newer copies over rows of the span. Rows outside it are ignored. */
const mergeRows = (view: ChannelView, rows: readonly Message[]): readonly Message[] => {
  if (!view.span) return view.messages
  let out: Message[] | null = null
  for (const row of rows) {
    const i = row.seq - view.span.from
    const held = (out ?? view.messages)[i]
    if (i < 0 || held === undefined || held.mver >= row.mver) continue
    out ??= view.messages.slice()
    out[i] = row
  }
  return out ?? view.messages
}

type Verdict = "apply" | "merge" | "ignore" | "wait"

/** More than these are not worth keeping: what is dropped shows as a gap, and a resume brings it. */
const MAX_WAITING = 256

const judge = (view: ChannelView, packet: Packet): Verdict => {
  const { span } = view
  // The room was joined before the first answer was read: what arrives between them may not be in that answer.
  if (!span) return "wait"
  if (lastSeqOf(packet.scope) < span.from) return "ignore"
  // A page brings the mark of a scope that a view in the past does not reach yet.
  if (firstSeqOf(packet.scope) > span.to && !view.live) return "ignore"
  const mark = view.marks[packet.scope]
  if (mark !== undefined && packet.ver <= mark) return "merge"
  if (packet.ver !== (mark ?? 0) + 1) return "wait"
  if (view.live) {
    const fresh = packet.items.filter((m) => m.seq > span.to).map((m) => m.seq)
    if (fresh.length > 0 && Math.min(...fresh) !== span.to + 1) return "wait"
  }
  return "apply"
}

const applyOne = (view: ChannelView, packet: Packet): ChannelView => {
  const head = Math.max(view.head, packet.head)
  const verdict = judge(view, packet)
  if (verdict === "wait") {
    const known = view.waiting.some((w) => w.scope === packet.scope && w.ver === packet.ver)
    const waiting = known ? view.waiting : [...view.waiting, packet].slice(-MAX_WAITING)
    return { ...view, head, waiting, messages: mergeRows(view, packet.items) }
  }
  if (verdict === "ignore" || !view.span) return { ...view, head }
  let messages = mergeRows(view, packet.items)
  if (verdict === "merge") return { ...view, head, messages }
  let to = view.span.to
  if (view.live) {
    const fresh: Message[] = []
    for (const row of [...packet.items].sort((a, b) => a.seq - b.seq)) {
      if (row.seq !== to + 1) continue
      fresh.push(row)
      to = row.seq
    }
    if (fresh.length > 0) messages = [...messages, ...fresh]
  }
  return {
    ...view,
    head,
    messages,
    span: { from: view.span.from, to },
    marks: { ...view.marks, [packet.scope]: packet.ver },
  }
}

const drain = (view: ChannelView): ChannelView => {
  let current = view
  for (let progress = true; progress && current.waiting.length > 0; ) {
    const waiting = [...current.waiting].sort((a, b) => a.scope - b.scope || a.ver - b.ver)
    const before = waiting.length
    current = waiting.reduce(applyOne, { ...current, waiting: [] as readonly Packet[] })
    progress = current.waiting.length < before
  }
  return current
}

/** Applies a packet, and those that waited for it. `view.waiting` is not empty afterwards: something is missing. */
export const applyPacket = (view: ChannelView, packet: Packet): ChannelView => drain(applyOne(view, packet))

/** Whether an advertised head or mark is ahead of what the view has. */
export const isBehind = (view: ChannelView, head: number, marks: Marks): boolean => {
  if (!view.span) return false
  if (view.live && head > view.span.to) return true
  return Object.entries(marks).some(([scope, ver]) => {
    const mark = view.marks[scope]
    return mark !== undefined && ver > mark
  })
}

/** The span and marks to ask with. A view that is not live, or empty, asks for the newest page. */
export const resumeFrom = (view: ChannelView): { span: Span | null; marks: Marks } =>
  view.span && view.live ? { span: view.span, marks: view.marks } : { span: null, marks: {} }

/** Puts the parts of one answer to `channel:resume` together. Marks are the lowest that were told: never ahead of the rows. */
export const joinParts = (parts: readonly Changes[]): Changes => {
  const all: Changes = { reset: false, messages: [], changed: [], marks: {}, head: 0 }
  const rows = new Map<number, Message>()
  for (const part of parts) {
    all.reset ||= part.reset
    all.head = Math.max(all.head, part.head)
    all.changed.push(...part.changed)
    for (const row of part.messages) rows.set(row.seq, newer(rows.get(row.seq), row))
    for (const [scope, ver] of Object.entries(part.marks)) all.marks[scope] = Math.min(all.marks[scope] ?? ver, ver)
  }
  all.messages = [...rows.values()].sort((a, b) => a.seq - b.seq)
  return all
}

/** The last rows without a gap. */
const contiguousTail = (rows: readonly Message[]): readonly Message[] => {
  let i = rows.length - 1
  while (i > 0 && rows[i - 1]?.seq === (rows[i]?.seq ?? 0) - 1) i--
  return rows.slice(Math.max(0, i))
}

/**
 * Applies a whole answer to `channel:resume`. `since` are the packets that arrived after it was asked for: a new page that
 * was read before them does not hold what they bring.
 */
export const applyChanges = (view: ChannelView, changes: Changes, since: readonly Packet[] = []): ChannelView => {
  if (changes.reset || !view.span) {
    const messages = contiguousTail(changes.messages)
    const from = messages[0]?.seq ?? changes.head + 1
    const to = messages.at(-1)?.seq ?? changes.head
    return replay(
      drain({
        ...view,
        span: { from, to },
        marks: changes.marks,
        messages,
        head: changes.head,
        live: to >= changes.head,
      }),
      since,
    )
  }
  const head = Math.max(view.head, changes.head)
  const messages = [...mergeRows(view, changes.changed)]
  let { to } = view.span
  for (const row of changes.messages) {
    const i = row.seq - view.span.from
    if (row.seq === to + 1) {
      messages.push(row)
      to = row.seq
    } else if (i >= 0 && i < messages.length) messages[i] = newer(messages[i], row)
  }
  const marks = { ...view.marks }
  for (const [scope, ver] of Object.entries(changes.marks)) marks[scope] = Math.max(marks[scope] ?? 0, ver)
  const live = view.live && to >= changes.head
  return replay(drain({ ...view, span: { from: view.span.from, to }, marks, messages, head, live }), since)
}

/**
 * Whether a page may be merged: its rows are at least as new as its own marks, and `since` holds everything between those
 * and the view's. A resume that moved the marks while the page was under way did not carry the page's rows: ask again.
 */
export const pageCovers = (view: ChannelView, page: Page, since: readonly Packet[] = []): boolean =>
  Object.entries(page.marks).every(([scope, ver]) => {
    const mark = view.marks[scope]
    if (mark === undefined || mark <= ver) return true
    const seen = new Set(since.filter((p) => String(p.scope) === scope).map((p) => p.ver))
    for (let v = ver + 1; v <= mark; v++) if (!seen.has(v)) return false
    return true
  })

/**
 * Merges a page of history. `since` are the packets that arrived after the page was asked for: their rows may be newer than
 * the page's. A page that touches the span extends it; another replaces the view. Marks that the view holds stay as they are,
 * so ask `pageCovers` first.
 */
export const mergePage = (view: ChannelView, page: Page, since: readonly Packet[] = []): ChannelView => {
  const head = Math.max(view.head, page.head)
  const sorted = [...page.messages].sort((a, b) => a.seq - b.seq)
  const first = sorted[0]
  const last = sorted.at(-1)
  if (!first || !last) {
    if (view.span || page.head > 0) return { ...view, head }
    return drain({ ...view, span: { from: 1, to: 0 }, marks: page.marks, messages: [], head, live: true })
  }
  const { span } = view
  if (!span || first.seq > span.to + 1 || last.seq < span.from - 1)
    return replay(
      {
        ...view,
        span: { from: first.seq, to: last.seq },
        marks: page.marks,
        messages: sorted,
        head,
        live: last.seq >= head,
        waiting: [],
      },
      since,
    )
  const marks = { ...page.marks, ...view.marks }
  const lower = sorted.filter((m) => m.seq < span.from)
  const upper = sorted.filter((m) => m.seq > span.to)
  const inside = { ...view, messages: mergeRows(view, sorted) }
  const to = upper.at(-1)?.seq ?? span.to
  const joined = {
    ...inside,
    head,
    marks,
    messages: [...lower, ...inside.messages, ...upper],
    span: { from: lower[0]?.seq ?? span.from, to },
    live: view.live || to >= head,
  }
  return replay(joined, since)
}

const replay = (view: ChannelView, packets: readonly Packet[]): ChannelView =>
  [...packets].sort((a, b) => a.scope - b.scope || a.ver - b.ver).reduce(applyPacket, view)

/** Keeps the newest rows only, so that a resume stays small: what is older pages in again. */
export const trimView = (view: ChannelView, keep: number = MAX_SPAN): ChannelView => {
  if (!view.span || view.messages.length <= keep) return view
  const messages = view.messages.slice(-keep)
  const from = messages[0]!.seq
  const marks = Object.fromEntries(Object.entries(view.marks).filter(([scope]) => lastSeqOf(Number(scope)) >= from))
  return { ...view, messages, marks, span: { from, to: view.span.to } }
}

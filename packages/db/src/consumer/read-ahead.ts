import { bucketOf, CHANNEL_SCOPE, MAX_SPAN, type Marks, type Message, PAGE_LIMIT, type Snowflake } from "@hearth/core"
import type { MessageStore } from "../message-store/port.ts"
import type { Cursor } from "./cursor.ts"

export interface Ahead {
  /** After the cursor, in the channel's order. */
  fresh: Message[]
  /** Before it: what changed since, and perhaps what did not. */
  changed: Message[]
  next: Cursor
  /** The channel goes on: read again from `next`. */
  more: boolean
}

/** So much of a channel is read at once when a consumer is far behind. */
const PAGES = 10

/**
 * What a cursor keeps watching, as a client does: the newest messages, the marks of the scopes that they lie in, and which
 * versions of them were read.
 */
const watching = (
  from: number,
  seq: number,
  marks: Marks,
  { versions }: Cursor,
  read: readonly Message[] = [],
): Cursor => {
  const first = Math.max(from, seq - MAX_SPAN + 1)
  const kept = Object.entries(marks).filter(
    ([scope]) => Number(scope) === CHANNEL_SCOPE || Number(scope) >= bucketOf(first),
  )
  const known = new Map(Object.entries(versions))
  for (const message of read) known.set(String(message.seq), message.version)
  const edited = [...known].filter(([of, version]) => version > 1 && Number(of) >= first && Number(of) <= seq)
  return { from: first, seq, marks: Object.fromEntries(kept), versions: Object.fromEntries(edited) }
}

/**
 * What a consumer's cursor has not seen yet of a channel. Reading the same twice must do no harm: a consumer that is far behind
 * goes page by page, and begins with what it watched, since changes of it can be told no more from the rest.
 */
export const readAhead = async (store: MessageStore, channelId: Snowflake, cursor: Cursor): Promise<Ahead> => {
  const { from, seq, marks } = cursor
  const changes = await store.since(channelId, { from, to: seq }, marks)
  if (!changes.reset) {
    const to = changes.messages.at(-1)?.seq ?? seq
    const { messages: fresh, changed } = changes
    const next = watching(from, to, { ...marks, ...changes.marks }, cursor, [...fresh, ...changed])
    return { fresh, changed, next, more: changes.head > to }
  }
  // The log is shorter than what was read: it comes from an older copy. What was read is not acted on twice.
  if (changes.head < seq) {
    const next = watching(Math.min(from, changes.head + 1), changes.head, changes.marks, { ...cursor, versions: {} })
    return { fresh: [], changed: [], next, more: false }
  }

  const read: Message[] = []
  let reached = Math.max(0, from - 1)
  let head = changes.head
  let first: Marks = {}
  for (let page = 0; page < PAGES && reached < head; page++) {
    const found = await store.page(channelId, { after: reached }, PAGE_LIMIT)
    // The first mark of each scope: what changed between two pages is told by the next reading.
    first = { ...found.marks, ...first }
    head = found.head
    read.push(...found.messages)
    const last = found.messages.at(-1)
    if (!last) break
    reached = last.seq
  }
  return {
    fresh: read.filter((m) => m.seq > seq),
    changed: read.filter((m) => m.seq <= seq),
    next: watching(from, Math.max(seq, reached), first, cursor, read),
    more: reached < head,
  }
}

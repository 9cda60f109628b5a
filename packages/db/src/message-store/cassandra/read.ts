import {
  bucketOf,
  type Changes,
  type Marks,
  type Message,
  type Page,
  type PageCursor,
  type Snowflake,
  type Span,
} from "@hearth/core"
import type { types } from "cassandra-driver"
import { detailPlace } from "../bodies.ts"
import { StoreAway } from "../breaker.ts"
import type { Detail, Head } from "../port.ts"
import { mustReset, NEWEST_PAGE, pageRange, scopesOf } from "../range.ts"
import type { Context } from "./context.ts"
import type { Deadline } from "./link.ts"
import { big, SELECT_DETAILS, SELECT_ROW, SELECT_ROWS, SELECT_NAMED_VERSIONS, toMessage } from "./rows.ts"
import { endOf, type Scope } from "./scopes.ts"

type Reads = Pick<Context, "link" | "scopes" | "bodies">

// Everywhere: marks first, rows after. A mark that is handed out is known to be committed, so rows are never older than it.

export const readPage = async (
  reads: Reads,
  channelId: Snowflake,
  cursor: PageCursor,
  limit: number,
  deadline: Deadline,
): Promise<Page> => pageOf(reads, channelId, await reads.scopes.freshTip(channelId, deadline), cursor, limit, deadline)

const pageOf = async (
  reads: Reads,
  channelId: Snowflake,
  tip: Scope,
  cursor: PageCursor,
  limit: number,
  deadline: Deadline,
): Promise<Page> => {
  const range = pageRange(cursor, limit, tip.head)
  const marks = marksOf(await scopesIn(reads, channelId, tip, range, deadline))
  return { messages: await readRows(reads, channelId, range, deadline), marks, head: tip.head }
}

export const readSince = async (
  reads: Reads,
  channelId: Snowflake,
  span: Span | null,
  marks: Marks,
  deadline: Deadline,
): Promise<Changes> => {
  const tip = await reads.scopes.freshTip(channelId, deadline)
  const foreign = scopesOf(marks).some(([scope]) => scope < 0 || scope > tip.bucket)
  if (mustReset(span, tip.head) || foreign) return newest(reads, channelId, tip, deadline)
  const scopes = await scopesIn(reads, channelId, tip, { from: span.from, to: Math.max(span.to, tip.head) }, deadline)
  if (scopes.some(({ bucket, ver }) => (marks[bucket] ?? 0) > (ver ?? 0)))
    return newest(reads, channelId, tip, deadline)

  const moved = scopes.filter(({ bucket, ver }) => (ver ?? 0) > (marks[bucket] ?? 0))
  const [messages, ...held] = await Promise.all([
    readRows(reads, channelId, { from: span.to + 1, to: tip.head }, deadline),
    ...moved.map(({ bucket }) => readRows(reads, channelId, within(span, bucket), deadline)),
  ])
  const changed = held.flat().filter((m) => m.mver > (marks[bucketOf(m.seq)] ?? 0))
  return { reset: false, messages, changed, marks: marksOf(scopes), head: tip.head }
}

const newest = async (reads: Reads, channelId: Snowflake, tip: Scope, deadline: Deadline): Promise<Changes> => ({
  reset: true,
  changed: [],
  ...(await pageOf(reads, channelId, tip, {}, NEWEST_PAGE, deadline)),
})

export const readHead = async ({ scopes }: Reads, channelId: Snowflake, deadline: Deadline): Promise<Head> => {
  const tip = await scopes.freshTip(channelId, deadline)
  return { head: tip.head, marks: marksOf([tip]) }
}

export const readMessage = async (
  { link, bodies }: Reads,
  channelId: Snowflake,
  seq: number,
  deadline: Deadline,
): Promise<Message | null> => {
  const [row] = await link.read(deadline, SELECT_ROW, [channelId, bucketOf(seq), big(seq)])
  return row ? toMessage(bodies, channelId, row) : null
}

export const readDetails = async (
  { link, bodies }: Reads,
  channelId: Snowflake,
  seq: number,
  kind: 1 | 2,
  after: string | null,
  limit: number,
  deadline: Deadline,
): Promise<Detail[]> => {
  // Keys are never empty: after '' are all.
  const key = [channelId, bucketOf(seq), kind, big(seq), after ?? "", limit]
  const rows = await link.read(deadline, SELECT_DETAILS, key)
  return rows.map(toDetail(bodies, channelId, seq, kind))
}

const toDetail =
  (bodies: Reads["bodies"], channelId: Snowflake, seq: number, kind: 1 | 2) =>
  (row: types.Row): Detail => {
    const body: Buffer | null = row.get("body")
    const createdAt: Date = row.get("created_at")
    const key: string = row.get("key")
    const content = body && bodies.open(body, detailPlace(channelId, seq, kind, key))
    return { kind, key, content, createdAt: createdAt.getTime() }
  }

export const readVersions = async (
  { link, bodies }: Reads,
  channelId: Snowflake,
  seq: number,
  versions: readonly number[],
  deadline: Deadline,
): Promise<Detail[]> => {
  const key = [channelId, bucketOf(seq), big(seq), versions.map(String)]
  const rows = await link.read(deadline, SELECT_NAMED_VERSIONS, key)
  return rows.map(toDetail(bodies, channelId, seq, 2))
}

const marksOf = (scopes: readonly Scope[]): Marks =>
  Object.fromEntries(scopes.map(({ bucket, ver }) => [bucket, ver ?? 0]))

const bucketsIn = ({ from, to }: Span): number[] =>
  to < from ? [] : Array.from({ length: bucketOf(to) - bucketOf(from) + 1 }, (_, i) => bucketOf(from) + i)

const within = (span: Span, bucket: number): Span => ({
  from: Math.max(span.from, endOf(bucket - 1) + 1),
  to: Math.min(span.to, endOf(bucket)),
})

/** The committed state of every bucket of a range. `tip` is fresh already. */
const scopesIn = async ({ scopes }: Reads, channelId: Snowflake, tip: Scope, range: Span, deadline: Deadline) => {
  const buckets = bucketsIn(range)
  const all = await Promise.all(
    // A client that holds nothing yet still needs the mark of what it follows.
    (buckets.length === 0 ? [tip.bucket] : buckets).map((bucket) =>
      bucket === tip.bucket ? tip : scopes.fresh(channelId, bucket, deadline),
    ),
  )
  return all.filter((scope) => scope !== null)
}

/** The rows of a range, all of them: numbers are dense, so a gap proves a stale read. Asked once more, linearizably. */
const readRows = async (reads: Reads, channelId: Snowflake, range: Span, deadline: Deadline): Promise<Message[]> => {
  const parts = await Promise.all(
    bucketsIn(range).map(async (bucket) => {
      const { from, to } = within(range, bucket)
      const read = async (serial: boolean) => {
        const key = [channelId, bucket, big(from), big(to)]
        const rows = await reads.link.read(deadline, SELECT_ROWS, key, { serial })
        return rows.map((row) => toMessage(reads.bodies, channelId, row)).reverse()
      }
      const rows = await read(false)
      if (rows.length === to - from + 1) return rows
      const settled = await read(true)
      if (settled.length === to - from + 1) return settled
      throw new StoreAway(`rows are missing in bucket ${bucket}`)
    }),
  )
  return parts.flat()
}

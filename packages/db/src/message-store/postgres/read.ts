import {
  CHANNEL_SCOPE,
  type Changes,
  type Marks,
  MAX_RESUME,
  type Message,
  type Page,
  type PageCursor,
  type Snowflake,
  type Span,
} from "@hearth/core"
import { type Bodies, detailPlace } from "../bodies.ts"
import type { Detail, Head } from "../port.ts"
import { type Context, marksOf, unknownChannel } from "./run.ts"
import { mustReset, NEWEST_PAGE, scopesOf } from "../range.ts"
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./rows.ts"

interface HeadRow {
  head: string
  ver: string
}
/** The head row beside each row that was asked for; alone when there is none. One statement, so one snapshot. */
type JoinedRow = HeadRow & (MessageRow | { seq: null })

const messagesOf = (bodies: Bodies, channelId: Snowflake, rows: readonly JoinedRow[]): Message[] =>
  rows.flatMap((row) => (row.seq === null ? [] : toMessage(bodies, channelId, row)))

// The same arithmetic as range.ts, on the head of this snapshot.
const PAGE = `
  select h.head, h.ver, m.* from channel_heads h
  cross join lateral (select case
    when $3::bigint is not null then least($3, h.head) + $5
    when $2::bigint is not null then least($2 - 1, h.head)
    when $4::bigint is not null then least(h.head, greatest($5, $4 + ($5 + 1) / 2 - 1))
    else h.head end as "to") r
  left join lateral (
    select ${MESSAGE_COLUMNS} from messages
    where channel_id = h.channel_id and seq > r."to" - $5::bigint and seq <= r."to"
  ) m on true
  where h.channel_id = $1 order by m.seq`

export const readPage = async (
  { run, bodies }: Context,
  channelId: Snowflake,
  cursor: PageCursor,
  limit: number,
): Promise<Page> => {
  const { before = null, after = null, around = null } = cursor
  const rows = await run<JoinedRow>("page", PAGE, [channelId, before, after, around, limit])
  const [first] = rows
  if (!first) throw unknownChannel()
  return { messages: messagesOf(bodies, channelId, rows), marks: marksOf(first.ver), head: Number(first.head) }
}

const SINCE = `
  select h.head, h.ver, m.* from channel_heads h
  left join lateral (
    select ${MESSAGE_COLUMNS} from messages where channel_id = h.channel_id and seq > $3 and h.head - $3 <= ${MAX_RESUME}
    union all
    select ${MESSAGE_COLUMNS} from messages where channel_id = h.channel_id and seq between $2 and $3 and mver > $4
  ) m on h.head >= $3 and h.ver >= $4
  where h.channel_id = $1 order by m.seq`

export const readSince = async (
  context: Context,
  channelId: Snowflake,
  span: Span | null,
  marks: Marks,
): Promise<Changes> => {
  const { run, bodies } = context
  const foreign = scopesOf(marks).some(([scope]) => scope !== CHANNEL_SCOPE)
  const mark = marks[CHANNEL_SCOPE] ?? 0
  if (foreign || mustReset(span, span?.to ?? 0)) return newest(context, channelId)
  const rows = await run<JoinedRow>("since", SINCE, [channelId, span.from, span.to, mark])
  const [first] = rows
  if (!first) throw unknownChannel()
  const [head, ver] = [Number(first.head), Number(first.ver)]
  if (mark > ver || mustReset(span, head)) return newest(context, channelId)
  const all = messagesOf(bodies, channelId, rows)
  return {
    reset: false,
    messages: all.filter((m) => m.seq > span.to),
    changed: all.filter((m) => m.seq <= span.to),
    marks: marksOf(ver),
    head,
  }
}

const newest = async (context: Context, channelId: Snowflake): Promise<Changes> => ({
  reset: true,
  changed: [],
  ...(await readPage(context, channelId, {}, NEWEST_PAGE)),
})

/** Of many channels at once; null: there is no such log. */
export const readHeads = async ({ run }: Context, channelIds: readonly Snowflake[]): Promise<(Head | null)[]> => {
  const rows = await run<HeadRow & { id: Snowflake }>(
    "heads",
    "select channel_id::text as id, head, ver from channel_heads where channel_id = any($1::bigint[])",
    [[...new Set(channelIds)]],
  )
  const heads = new Map(rows.map(({ id, head, ver }) => [id, { head: Number(head), marks: marksOf(ver) }]))
  return channelIds.map((id) => heads.get(id) ?? null)
}

export const readMessage = async (
  { run, bodies }: Context,
  channelId: Snowflake,
  seq: number,
): Promise<Message | null> => {
  const [row] = await run<MessageRow>(
    "get",
    `select ${MESSAGE_COLUMNS} from messages where channel_id = $1 and seq = $2`,
    [channelId, seq],
  )
  return row ? toMessage(bodies, channelId, row) : null
}

export const readHolds = async (
  { run }: Context,
  channelId: Snowflake,
  authorId: Snowflake,
  nonce: string,
): Promise<boolean> => {
  const rows = await run("holds", "select 1 from messages where channel_id = $1 and author_id = $2 and nonce = $3", [
    channelId,
    authorId,
    nonce,
  ])
  return rows.length > 0
}

// By bytes, as Cassandra orders them, whatever the database's collation.
const DETAILS = `
  select key, body, created_at from message_details
  where channel_id = $1 and seq = $2 and kind = $3 and ($4::text is null or key collate "C" > $4)
  order by key collate "C" limit $5`

const VERSIONS = `
  select key, body, created_at from message_details where channel_id = $1 and seq = $2 and kind = 2 and key = any($3)`

interface DetailRow {
  key: string
  body: Buffer | null
  created_at: Date
}

const toDetail =
  (bodies: Context["bodies"], channelId: Snowflake, seq: number, kind: 1 | 2) =>
  ({ key, body, created_at }: DetailRow): Detail => ({
    kind,
    key,
    content: body && bodies.open(body, detailPlace(channelId, seq, kind, key)),
    createdAt: created_at.getTime(),
  })

export const readVersions = async (
  { run, bodies }: Context,
  channelId: Snowflake,
  seq: number,
  versions: readonly number[],
): Promise<Detail[]> => {
  const rows = await run<DetailRow>("versions", VERSIONS, [channelId, seq, versions.map(String)])
  return rows.map(toDetail(bodies, channelId, seq, 2))
}

export const readDetails = async (
  { run, bodies }: Context,
  channelId: Snowflake,
  seq: number,
  kind: 1 | 2,
  after: string | null,
  limit: number,
): Promise<Detail[]> => {
  const values = [channelId, seq, kind, after, limit]
  const rows = await run<DetailRow>("details", DETAILS, values)
  return rows.map(toDetail(bodies, channelId, seq, kind))
}

import type { Marks, Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable, Transaction } from "../client.ts"

/** How far a consumer has read a channel: the span that it still watches for changes, and the span's marks. */
export interface Cursor {
  from: number
  seq: number
  marks: Marks
  /** The span's messages that were edited, by number: the version that was read. A reaction is a change, and not a new version. */
  versions: Readonly<Record<string, number>>
}

/** Of a channel that a consumer has read nothing of. */
const beginning: Cursor = { from: 1, seq: 0, marks: {}, versions: {} }

export const readCursor = async (q: Queryable, consumer: string, channelId: Snowflake): Promise<Cursor> => {
  const { rows } = await q.execute<Cursor & Record<string, unknown>>(sql`
    select from_seq::float8 as "from", seq::float8 as seq, marks, versions from consumer_cursor
    where consumer = ${consumer} and channel_id = ${channelId}::bigint`)
  return rows[0] ?? beginning
}

/**
 * Moves a cursor from where it was read to where its reader got, and holds it until the transaction ends. False: another
 * node was faster. Then nothing of this reading counts: it is begun again from where the other one got.
 */
export const moveCursor = async (
  tx: Transaction,
  consumer: string,
  channelId: Snowflake,
  was: Cursor,
  next: Cursor,
): Promise<boolean> => {
  await tx.execute(sql`
    insert into consumer_cursor (consumer, channel_id, from_seq, seq)
    values (${consumer}, ${channelId}::bigint, ${beginning.from}, ${beginning.seq}) on conflict do nothing`)
  const { rowCount } = await tx.execute(sql`
    update consumer_cursor set from_seq = ${next.from}, seq = ${next.seq}, marks = ${JSON.stringify(next.marks)}::jsonb,
      versions = ${JSON.stringify(next.versions)}::jsonb
    where consumer = ${consumer} and channel_id = ${channelId}::bigint
      and from_seq = ${was.from} and seq = ${was.seq} and marks = ${JSON.stringify(was.marks)}::jsonb`)
  return rowCount === 1
}

/** Channels that are known to be longer than what a consumer has read of them. */
export const channelsAhead = async (q: Queryable, consumer: string, limit: number): Promise<Snowflake[]> => {
  const { rows } = await q.execute<{ id: Snowflake }>(sql`
    select c.id::text as id from channels c
    left join channel_heads h on h.channel_id = c.id
    left join consumer_cursor k on k.consumer = ${consumer} and k.channel_id = c.id
    where greatest(c.last_seq, h.head) > coalesce(k.seq, 0) order by c.id limit ${limit}`)
  return rows.map((row) => row.id)
}

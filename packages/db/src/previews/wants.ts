import { mayLink, type Message, type Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Database, Transaction } from "../client.ts"

/** Of more no more are taken: their messages have no cards. */
const MAX_WANTS = 10_000
/** What is older when it is read, as after an import or a long rest, is history: nobody waits for its cards. */
export const FRESH_MS = 3_600_000
/** For so long what a node claimed is its alone. A message's links take less. */
const LEASE_MS = 60_000

/** A message whose links somebody has to look at. */
export interface Want {
  channelId: Snowflake
  seq: number
  since: Date
  /** How often it was claimed, but for what ended in a wait. */
  tries: number
  /** So long it is this claim's: no other one ends then. */
  until: Date
}

/** Notes which of these messages link to something. Again for one that was edited. Answers how many. */
export const wantPreviews = async (
  tx: Transaction,
  channelId: Snowflake,
  said: readonly Message[],
  now: number,
): Promise<number> => {
  const seqs = said.flatMap(({ deleted, content, seq, createdAt, editedAt }) =>
    !deleted && mayLink(content) && (editedAt ?? createdAt) > now - FRESH_MS ? seq : [],
  )
  if (seqs.length === 0) return 0
  await tx.execute(sql`
    insert into preview_wants (channel_id, seq, since, try_at)
    select ${channelId}::bigint, s, now(), now() from unnest(${`{${seqs.join()}}`}::bigint[]) as s
    where (select count(*) from (select from preview_wants limit ${MAX_WANTS}) w) < ${MAX_WANTS}
      and exists (select from channels where id = ${channelId}::bigint)
    order by s
    on conflict (channel_id, seq) do update set since = now(), try_at = now(), tries = 0`)
  return seqs.length
}

/** Takes what has waited longest. What another node claims at this moment is passed over. */
export const claimWant = async (db: Database): Promise<Want | null> => {
  const { rows } = await db.execute<Omit<Want, "since" | "until"> & { since: number; until: number }>(sql`
    update preview_wants set tries = tries + 1, try_at = now() + make_interval(secs => ${LEASE_MS / 1000})
    where (channel_id, seq) in (
      select channel_id, seq from preview_wants where try_at <= now() order by try_at limit 1 for update skip locked)
    returning channel_id::text as "channelId", seq::float8 as seq, tries,
      (extract(epoch from since) * 1000)::float8 as since, (extract(epoch from try_at) * 1000)::float8 as until`)
  const [row] = rows
  return row ? { ...row, since: new Date(row.since), until: new Date(row.until) } : null
}

/** It is done, or tried again in so many ms; a wait is no try. Of one that was edited or claimed by another meanwhile this says nothing. */
export const settleWant = async (
  db: Database,
  { channelId, seq, since, until }: Want,
  again: { inMs: number; isWait?: boolean } | null,
): Promise<void> => {
  const mine = sql`channel_id = ${channelId}::bigint and seq = ${seq}
    and since = ${since.toISOString()}::timestamptz and try_at = ${until.toISOString()}::timestamptz`
  await db.execute(
    again
      ? sql`update preview_wants set try_at = now() + make_interval(secs => ${again.inMs / 1000}),
          tries = tries - ${again.isWait ? 1 : 0}::int where ${mine}`
      : sql`delete from preview_wants where ${mine}`,
  )
}

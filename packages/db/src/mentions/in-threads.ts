import { MAX_UNREAD_MENTIONS, type Snowflake, type ThreadParents, type UnreadMentions } from "@hearth/core"
import { sql } from "drizzle-orm"
import { wasHere } from "../attendance/index.ts"
import type { Queryable, Transaction } from "../client.ts"
import { isOfOne, type Mention } from "./rows.ts"

/** So many mentions in threads are looked at of each way in which somebody can be addressed: the newest. */
const MAX_LOOKED_AT = 500

/** What addresses somebody in threads and lies above their marks there, and the channels that these hang in. */
export interface UnreadInThreads {
  mentions: UnreadMentions
  parents: ThreadParents
}

/**
 * The same as `unreadMentions` for threads, which nobody lists: it begins with what was said, not with where. Leaving out those of
 * channels that somebody may not view is for the asker.
 */
export const unreadInThreads = async (
  q: Queryable,
  userIds: readonly Snowflake[],
  threadId?: Snowflake,
): Promise<Map<Snowflake, UnreadInThreads>> => {
  const ids = sql`${`{${userIds.join()}}`}::bigint[]`
  const { rows } = await q.execute<{ u: Snowflake; c: Snowflake; p: Snowflake; seqs: number[] }>(sql`
    with targets as (
      select u.id as u, u.id as id from unnest(${ids}) as u(id)
      union all
      select user_id, unnest(array[guild_id] || role_ids) from members where user_id = any(${ids})
    )
    select t.u::text as u, x.channel_id::text as c, x.parent_id::text as p,
      array_agg(distinct x.seq::float8 order by x.seq::float8) as seqs
    from targets t cross join lateral (
      select channel_id, parent_id, seq, kind, author_id, at from mentions
      where target_id = t.id and parent_id is not null
        ${threadId === undefined ? sql`` : sql`and channel_id = ${threadId}::bigint`}
      order by at desc limit ${MAX_LOOKED_AT}
    ) x
    join channels c on c.id = x.channel_id
    join members m on m.user_id = t.u and m.guild_id = c.guild_id
    left join read_states r on r.user_id = t.u and r.channel_id = x.channel_id
    where x.seq > coalesce(r.last_read_seq, 0) and x.author_id <> t.u and x.at > m.joined_at - interval '1 second'
      and (x.kind <> 'here' or ${wasHere(sql`t.u`, sql`x.at`)})
    group by 1, 2, 3`)
  const byUser = new Map<Snowflake, UnreadInThreads>()
  for (const { u, c, p, seqs } of rows) {
    const mine = byUser.get(u) ?? { mentions: {}, parents: {} }
    mine.mentions[c] = seqs.slice(-MAX_UNREAD_MENTIONS)
    mine.parents[c] = p
    byUser.set(u, mine)
  }
  return byUser
}

/** Which of these, that call many, somebody but their author has read. */
const readBySome = async (tx: Transaction, threadId: Snowflake, calls: readonly Mention[]): Promise<Set<number>> => {
  if (calls.length === 0) return new Set()
  const asked = JSON.stringify(calls.map(({ seq, authorId }) => ({ seq, authorId })))
  const { rows } = await tx.execute<{ seq: number }>(sql`
    select w.seq from jsonb_to_recordset(${asked}::jsonb) as w(seq int, "authorId" bigint)
    where exists (
      select from read_states r
      where r.channel_id = ${threadId}::bigint and r.last_read_seq >= w.seq and r.user_id <> w."authorId")`)
  return new Set(rows.map(({ seq }) => seq))
}

/**
 * Without what was read in the thread by whom it addresses: a client hears of marks there, but knows none from before it connected.
 * What calls many in a message up to `old`, which may have been read before, is told only while nobody has: to others it comes
 * when they connect again.
 */
export const unreadOnly = async (
  tx: Transaction,
  threadId: Snowflake,
  told: Mention[],
  old: number,
): Promise<Mention[]> => {
  const calls = told.filter((m) => !isOfOne(m.kind) && m.seq <= old)
  const known = await readBySome(tx, threadId, calls)
  const people = told.flatMap((m) => (isOfOne(m.kind) ? m.targetId : []))
  const { rows } =
    people.length === 0
      ? { rows: [] }
      : await tx.execute<{ u: Snowflake; seq: number }>(sql`
          select user_id::text as u, last_read_seq as seq from read_states
          where channel_id = ${threadId}::bigint and user_id = any(${`{${people.join()}}`}::bigint[])`)
  const read = new Map(rows.map(({ u, seq }) => [u, seq]))
  return told.filter((m) => (isOfOne(m.kind) ? m.seq > (read.get(m.targetId) ?? 0) : !known.has(m.seq) || m.seq > old))
}

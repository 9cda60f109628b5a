import { type Deletions, MAX_DELETIONS, type Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable, Transaction } from "../client.ts"

const read = async (q: Queryable, channelId: Snowflake): Promise<number[]> => {
  const { rows } = await q.execute<{ seqs: number[] }>(
    sql`select seqs::float8[] as seqs from deletions where channel_id = ${channelId}::bigint`,
  )
  return rows[0]?.seqs ?? []
}

const write = async (q: Queryable, channelId: Snowflake, seqs: readonly number[]): Promise<void> => {
  await q.execute(sql`
    insert into deletions (channel_id, seqs) values (${channelId}::bigint, ${`{${seqs.join()}}`}::bigint[])
    on conflict (channel_id) do update set seqs = excluded.seqs`)
}

/**
 * Adds deleted messages to those of a channel that are remembered, and answers with those that were not. Whoever asks holds the
 * channel's cursor: nobody else adds meanwhile.
 */
export const addDeletions = async (
  tx: Transaction,
  channelId: Snowflake,
  deleted: readonly number[],
): Promise<number[]> => {
  if (deleted.length === 0) return []
  const before = await read(tx, channelId)
  const all = [...new Set([...before, ...deleted])].sort((a, b) => a - b).slice(-MAX_DELETIONS)
  const known = new Set(before)
  const added = all.filter((seq) => !known.has(seq))
  if (added.length > 0) await write(tx, channelId, all)
  return added
}

/** What was deleted above a number is not there any more: the log comes from an older copy. */
export const forgetDeletions = async (tx: Transaction, channelId: Snowflake, above: number): Promise<void> => {
  const before = await read(tx, channelId)
  const left = before.filter((seq) => seq <= above)
  if (left.length < before.length) await write(tx, channelId, left)
}

/**
 * What was deleted above people's read marks, by channel: where the last of them was read, none is looked at. As with mentions,
 * leaving out channels that they may not view is for the asker.
 */
export const unreadDeletions = async (
  q: Queryable,
  userIds: readonly Snowflake[],
  channelId?: Snowflake,
): Promise<Map<Snowflake, Deletions>> => {
  const { rows } = await q.execute<{ u: Snowflake; c: Snowflake; seqs: number[] }>(sql`
    select m.user_id::text as u, c.id::text as c, n.seqs from members m
    join channels c on c.guild_id = m.guild_id and c.parent_id is null
    join deletions d on d.channel_id = c.id
    left join read_states r on r.user_id = m.user_id and r.channel_id = c.id
    cross join lateral (
      select array_agg(s::float8 order by s) as seqs from unnest(d.seqs) as s where s > coalesce(r.last_read_seq, 0)
    ) n
    where m.user_id = any(${`{${userIds.join()}}`}::bigint[]) and n.seqs is not null
      and d.seqs[array_upper(d.seqs, 1)] > coalesce(r.last_read_seq, 0)
      ${channelId === undefined ? sql`` : sql`and c.id = ${channelId}::bigint`}`)
  const byUser = new Map<Snowflake, Deletions>()
  for (const { u, c, seqs } of rows) byUser.set(u, { ...byUser.get(u), [c]: seqs })
  return byUser
}

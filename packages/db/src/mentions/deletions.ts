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
 * What was deleted above people's read marks, by channel: where the last of them was read, none is looked at. The channels are
 * looked up once for all who ask, not for each. As with mentions, leaving out channels that they may not view is for the asker.
 */
export const unreadDeletions = async (
  q: Queryable,
  userIds: readonly Snowflake[],
  channelId?: Snowflake,
): Promise<Map<Snowflake, Deletions>> => {
  const { rows } = await q.execute<{ u: Snowflake; c: Snowflake; seqs: number[] }>(sql`
    with asked as materialized (select user_id, guild_id from members where user_id = any(${`{${userIds.join()}}`}::bigint[])),
    moved as materialized (
      select c.id, c.guild_id, d.seqs, d.seqs[array_upper(d.seqs, 1)] as newest from channels c
      join deletions d on d.channel_id = c.id
      where c.parent_id is null and c.guild_id in (select guild_id from asked)
        ${channelId === undefined ? sql`` : sql`and c.id = ${channelId}::bigint`}
    ),
    marks as materialized (
      select user_id, channel_id, last_read_seq from read_states where user_id = any(${`{${userIds.join()}}`}::bigint[])
        ${channelId === undefined ? sql`` : sql`and channel_id = ${channelId}::bigint`}
    )
    select m.user_id::text as u, c.id::text as c, n.seqs from asked m join moved c on c.guild_id = m.guild_id
    left join marks r on r.user_id = m.user_id and r.channel_id = c.id
    cross join lateral (
      select array_agg(s::float8 order by s) as seqs from unnest(c.seqs) as s where s > coalesce(r.last_read_seq, 0)
    ) n
    where c.newest > coalesce(r.last_read_seq, 0)`)
  const byUser = new Map<Snowflake, Deletions>()
  for (const { u, c, seqs } of rows) byUser.set(u, { ...byUser.get(u), [c]: seqs })
  return byUser
}

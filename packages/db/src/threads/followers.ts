import {
  can,
  MAX_UNREAD_THREADS,
  type Message,
  type Snowflake,
  type UnreadThread,
  THREAD_QUIET_MS,
  userRoom,
} from "@hearth/core"
import { type SQL, sql } from "drizzle-orm"
import type { Queryable, Transaction } from "../client.ts"
import { loadChannel, loadGuilds } from "../access/load.ts"
import { addToOutbox } from "../outbox.ts"
import type { ThreadPlace } from "./places.ts"

/** So many are told of one reading. */
const MAX_TOLD = 1000

const idsOf = (ids: Iterable<Snowflake>): SQL => sql`${`{${[...ids].join()}}`}::bigint[]`

/**
 * Follows a thread; who does so already stays as they are. Members only, and they are held: who leaves now takes with them what
 * this transaction writes of them.
 */
export const follow = async (q: Queryable, threadId: Snowflake, userIds: Iterable<Snowflake>): Promise<void> => {
  await q.execute(sql`
    insert into thread_followers (user_id, thread_id)
    select m.user_id, c.id from channels c join members m on m.guild_id = c.guild_id
      where c.id = ${threadId}::bigint and m.user_id = any(${idsOf(userIds)}) order by m.user_id for key share of m
    on conflict do nothing`)
}

interface News {
  id: Snowflake
  place: ThreadPlace
  head: number
  fresh: readonly Message[]
  /** Whom these messages address by name, or answer. */
  addressed: readonly Snowflake[]
}

/**
 * What one writes one has read. Who had something unread there is told so: the thread, or what addresses somebody in it, which
 * reaches also who muted it or did not follow.
 */
const readOwn = async (tx: Transaction, { id, fresh }: News): Promise<void> => {
  const own = new Map(fresh.map((m) => [m.authorId, m.seq]))
  const rows = [...own].map(([u, s]) => ({ u, s }))
  const { rows: rose } = await tx.execute<{ u: Snowflake; s: number; told: boolean }>(sql`
    with v as (
      select x.u, x.s, coalesce(r.last_read_seq, 0) < f.told or exists (
        select from mentions m where m.channel_id = ${id}::bigint and m.seq > coalesce(r.last_read_seq, 0) and m.seq < x.s
          and m.author_id <> x.u
      ) as told
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(u bigint, s int)
      join thread_followers f on f.user_id = x.u and f.thread_id = ${id}::bigint
      left join read_states r on r.user_id = x.u and r.channel_id = ${id}::bigint
    ), done as (
      insert into read_states as r (user_id, channel_id, last_read_seq)
      select v.u, ${id}::bigint, v.s from v order by v.u
      on conflict (user_id, channel_id) do update set last_read_seq = excluded.last_read_seq
        where r.last_read_seq < excluded.last_read_seq returning user_id
    ) select v.u::text as u, v.s, v.told from v join done on done.user_id = v.u`)
  for (const { u, s, told } of rose)
    if (told) addToOutbox(tx, userRoom(u), "read:marked", { channelId: id, lastReadSeq: s }, { userId: u })
}

/**
 * Who writes in a thread or is addressed in it follows it. Those who follow it and had read all of it are told that they have not
 * any more: once, not for each message. Only inside `transact`.
 */
export const tellFollowers = async (tx: Transaction, news: News): Promise<void> => {
  const { id, place, head, fresh, addressed } = news
  const loaded = await loadChannel(tx, id)
  const [guild] = loaded ? await loadGuilds(tx, [loaded.channel.guildId]) : []
  if (!loaded || !guild) return
  const { guildId } = loaded.channel
  const authors = new Set(fresh.map((m) => m.authorId))
  await follow(tx, id, [...authors, ...addressed])
  await readOwn(tx, news)
  const { rows } = await tx.execute<{ userId: Snowflake; roleIds: Snowflake[] }>(sql`
    select f.user_id::text as "userId", m.role_ids::text[] as "roleIds" from thread_followers f
    join members m on m.guild_id = ${guildId}::bigint and m.user_id = f.user_id
    left join read_states r on r.user_id = f.user_id and r.channel_id = f.thread_id
    where f.thread_id = ${id}::bigint and not f.muted and coalesce(r.last_read_seq, 0) < ${head}
      and coalesce(r.last_read_seq, 0) >= f.told
    order by f.user_id limit ${MAX_TOLD}`)
  const unread: UnreadThread = { id, guildId, ...place, head }
  if (rows.length === 0) return
  // Of those who may not view it, too: the next reading comes to others.
  await tx.execute(sql`
    update thread_followers set told = ${head}
    where thread_id = ${id}::bigint and user_id = any(${idsOf(rows.map((t) => t.userId))})`)
  for (const { userId } of rows.filter((actor) => can(guild.rules, actor, "VIEW_CHANNEL", loaded.overwrites)))
    addToOutbox(tx, userRoom(userId), "thread:unread", unread, { guildId, channelId: place.channelId, userId })
}

/**
 * The followed threads in which something was not read, the newest; archived and muted ones are not among them, nor are those of
 * other channels than the ones that the user may view.
 */
export const unreadThreads = async (
  q: Queryable,
  userId: Snowflake,
  visible: Iterable<Snowflake>,
  now: number,
): Promise<UnreadThread[]> => {
  const quiet = new Date(now - THREAD_QUIET_MS).toISOString()
  const { rows } = await q.execute<UnreadThread & Record<string, unknown>>(sql`
    select t.id::text as id, c.guild_id::text as "guildId", t.channel_id::text as "channelId", t.seq::float8 as seq,
      t.replies as head
    from thread_followers f join threads t on t.id = f.thread_id join channels c on c.id = t.id
    left join read_states r on r.user_id = f.user_id and r.channel_id = t.id
    where f.user_id = ${userId}::bigint and not f.muted and t.replies > coalesce(r.last_read_seq, 0)
      and t.last_at > ${quiet}::timestamptz and t.channel_id = any(${idsOf(visible)})
    order by t.last_at desc limit ${MAX_UNREAD_THREADS}`)
  return rows
}

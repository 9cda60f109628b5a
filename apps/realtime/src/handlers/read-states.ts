import { AppError, type ReadState, type Snowflake, userRoom } from "@hearth/core"
import type { Database } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import type { MessageStore } from "@hearth/db/message-store"
import { unreadThreads } from "@hearth/db/threads"
import { sql } from "drizzle-orm"
import type { Handlers, Publish } from "../connection.ts"
import type { Heads } from "../heads.ts"
import type { Unread } from "../mentions/mentions.ts"
import { requireChannel } from "./messages.ts"

export interface ReadStateDeps {
  db: Database
  access: AccessCache
  store: MessageStore
  heads: Heads
  publish: Publish
  /** What addresses somebody above their marks, in a channel or a thread, or everywhere that they may look; and what was deleted there. */
  unreadOf: (userId: Snowflake, channelId?: Snowflake) => Promise<Unread>
  /** Somebody has read so far, as they just said: less than the stored mark, where another device said more. */
  onRead: (userId: Snowflake, marks: readonly ReadState[]) => void
  /** The time of day: a thread that is quiet for long is archived. */
  now: () => number
}

const READ_AT_ONCE = 500

interface Waiting {
  userId: Snowflake
  channelId: Snowflake
  seq: number
  unread: boolean
  resolve: (lastReadSeq: number) => void
  reject: (error: unknown) => void
}

/** Read marks only rise, unless somebody says "unread". Marks that come while a write is under way are written together. */
export const readStateHandlers = ({ db, access, store, heads, publish, unreadOf, onRead, now }: ReadStateDeps) => {
  let waiting: Waiting[] = []
  let writing = false

  const write = async (batch: Waiting[]): Promise<void> => {
    try {
      const rows = batch.map(({ userId, channelId, seq, unread }) => ({ u: userId, c: channelId, s: seq, x: unread }))
      const { rows: stored } = await db.execute<{ u: string; c: string; s: number }>(sql`
        insert into read_states as r (user_id, channel_id, last_read_seq)
        select v.u, v.c, v.s from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(u bigint, c bigint, s int, x boolean)
          where exists (select from channels where id = v.c) order by v.u, v.c
        on conflict (user_id, channel_id) do update set last_read_seq =
          case when (select v.x from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(u bigint, c bigint, s int, x boolean)
            where v.u = r.user_id and v.c = r.channel_id) then excluded.last_read_seq
          else greatest(r.last_read_seq, excluded.last_read_seq) end
        returning user_id::text as u, channel_id::text as c, last_read_seq as s`)
      const now = new Map(stored.map((row) => [`${row.u}:${row.c}`, row.s]))
      for (const w of batch) w.resolve(now.get(`${w.userId}:${w.channelId}`) ?? w.seq)
    } catch (error) {
      for (const w of batch) w.reject(error)
    }
  }

  const run = async (): Promise<void> => {
    writing = true
    while (waiting.length > 0) {
      const batch = new Map<string, Waiting>()
      const later: Waiting[] = []
      for (const w of waiting) {
        const key = `${w.userId}:${w.channelId}`
        // One row at most once in a statement.
        if (batch.size >= 500 || batch.has(key)) later.push(w)
        else batch.set(key, w)
      }
      waiting = later
      await write([...batch.values()])
    }
    writing = false
  }

  const mark = (w: Omit<Waiting, "resolve" | "reject">): Promise<number> =>
    new Promise((resolve, reject) => {
      waiting.push({ ...w, resolve, reject })
      if (!writing) void run()
    })

  /** Raises marks. Answers with those that rose. */
  const raise = async (userId: Snowflake, to: readonly ReadState[]): Promise<ReadState[]> => {
    const rows = to.map(({ channelId, lastReadSeq }) => ({ c: channelId, s: lastReadSeq }))
    const { rows: rose } = await db.execute<ReadState & Record<string, unknown>>(sql`
      insert into read_states as r (user_id, channel_id, last_read_seq)
      select ${userId}::bigint, v.c, v.s from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(c bigint, s int)
        join channels on channels.id = v.c order by v.c
      on conflict (user_id, channel_id) do update set last_read_seq = excluded.last_read_seq
        where r.last_read_seq < excluded.last_read_seq
      returning channel_id::text as "channelId", last_read_seq as "lastReadSeq"`)
    return rose
  }

  /** The same for threads of these channels that they follow and in which something is unread: some of them, the newest first. */
  const readThreads = async (userId: Snowflake, visible: readonly Snowflake[]): Promise<ReadState[]> => {
    const { rows } = await db.execute<ReadState & Record<string, unknown>>(sql`
      insert into read_states as r (user_id, channel_id, last_read_seq)
      select v.* from (
        select f.user_id, t.id, t.replies from thread_followers f join threads t on t.id = f.thread_id
          left join read_states s on s.user_id = f.user_id and s.channel_id = t.id
        where f.user_id = ${userId}::bigint and t.replies > coalesce(s.last_read_seq, 0)
          and t.channel_id = any(${`{${visible.join()}}`}::bigint[])
        order by t.last_at desc limit ${READ_AT_ONCE}
      ) v order by v.id
      on conflict (user_id, channel_id) do update set last_read_seq = excluded.last_read_seq
        where r.last_read_seq < excluded.last_read_seq
      returning channel_id::text as "channelId", last_read_seq as "lastReadSeq"`)
    return rows
  }

  return {
    async "read:mark"({ channelId, seq, unread = false }, connection) {
      requireChannel(access, connection, channelId)
      if (seq > heads.known(channelId)) {
        const { head, marks } = await store.head(channelId)
        heads.learned(channelId, head, marks)
      }
      // Nobody has read what was not written.
      const capped = Math.min(seq, heads.known(channelId))
      const { userId } = connection
      const state = { channelId, lastReadSeq: await mark({ userId, channelId, seq: capped, unread }) }
      if (!unread) onRead(userId, [{ channelId, lastReadSeq: capped }])
      const place = unread ? access.threadAt(channelId) : undefined
      // What is written in a thread after that is news again.
      if (place)
        await db.execute(sql`
          update thread_followers set told = 0 where user_id = ${userId}::bigint and thread_id = ${channelId}::bigint`)
      publish(userRoom(userId), "read:marked", state)
      // And what was written before stands among the threads with something unread.
      if (place)
        for (const thread of await unreadThreads(db, userId, [place.channelId], now()))
          if (thread.id === channelId) publish(userRoom(userId), "thread:unread", thread)
      // What was passed by once more addresses them, and no client need have kept it.
      if (unread) publish(userRoom(userId), "mention:unread", { ...(await unreadOf(userId, channelId)), all: false })
      return state
    },
    async "read:all"({ guildId }, { userId }) {
      if (guildId !== null && !access.isMember(userId, guildId))
        throw new AppError("UNKNOWN_GUILD", "There is no such server.")
      const visible = access.visibleChannels(userId).filter((id) => guildId === null || access.guildOf(id) === guildId)
      let threads: ReadState[]
      do {
        threads = await readThreads(userId, visible)
        if (threads.length > 0) publish(userRoom(userId), "reads:marked", { readStates: threads })
      } while (threads.length === READ_AT_ONCE)
      const raiseAll = async (to: readonly ReadState[]): Promise<number> => {
        let rose = 0
        for (let at = 0; at < to.length; at += READ_AT_ONCE) {
          const readStates = await raise(userId, to.slice(at, at + READ_AT_ONCE))
          rose += readStates.length
          if (readStates.length === 0) continue
          onRead(userId, readStates)
          publish(userRoom(userId), "reads:marked", { readStates })
        }
        return rose
      }
      // Threads that they do not follow may have called them all the same.
      const { mentions, parents = {} } = await unreadOf(userId)
      const isMeant = new Set(visible)
      await raiseAll(
        Object.entries(parents).flatMap(([channelId, parentId]) =>
          isMeant.has(parentId) ? { channelId, lastReadSeq: mentions[channelId]?.at(-1) ?? 0 } : [],
        ),
      )
      const known = visible.map((channelId) => ({ channelId, lastReadSeq: heads.known(channelId) }))
      return { channels: await raiseAll(known.filter(({ lastReadSeq }) => lastReadSeq > 0)) }
    },
  } satisfies Partial<Handlers>
}

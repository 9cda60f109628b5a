import { type Snowflake, userRoom } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Database, Queryable, Transaction } from "../client.ts"
import { addToOutbox, transact } from "../outbox.ts"

/** So many reminders of one person ring in one go. */
const AT_ONCE = 50

/** One after the other for each person, so that the count that is told is the one that holds when it is heard. */
export const holdUser = async (tx: Transaction, userId: Snowflake): Promise<void> => {
  await tx.execute(sql`select from users where id = ${userId}::bigint for no key update`)
}

/** How many of a person's reminders rang and wait. */
export const dueOf = async (q: Queryable, userId: Snowflake): Promise<number> => {
  const { rows } = await q.execute<{ due: number }>(sql`
    select count(*)::int as due from saved_messages
    where user_id = ${userId}::bigint and rang_at is not null and done_at is null`)
  return rows[0]?.due ?? 0
}

/**
 * Rings what is due of one person, and answers whether there was one. That it rang and that it is told commit together, so however
 * many nodes do it and whenever they die, a reminder rings once. Who is being seen to by another node is passed over.
 */
export const ringNext = (db: Database, now: number): Promise<boolean> =>
  transact(db, async (tx) => {
    const at = new Date(now).toISOString()
    const { rows: people } = await tx.execute<{ id: Snowflake }>(sql`
      select id::text as id from users where id in (
        select user_id from saved_messages where remind_at <= ${at}::timestamptz order by remind_at limit ${AT_ONCE})
      for no key update skip locked limit 1`)
    const userId = people[0]?.id
    if (userId === undefined) return false
    const { rows: rang } = await tx.execute<{ channelId: Snowflake; seq: number }>(sql`
      update saved_messages set remind_at = null, rang_at = ${at}::timestamptz
      where (user_id, channel_id, seq) in (
        select user_id, channel_id, seq from saved_messages
        where user_id = ${userId}::bigint and remind_at <= ${at}::timestamptz order by remind_at limit ${AT_ONCE})
      returning channel_id::text as "channelId", seq::float8 as seq`)
    const due = await dueOf(tx, userId)
    if (rang.length > 0) addToOutbox(tx, userRoom(userId), "later:due", { messages: rang, due }, { userId })
    return true
  })

import { MAX_THREAD_FACES, type Message, type Snowflake, type ThreadLine } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable, Transaction } from "../client.ts"

/** How a thread stands once these messages, the newest of it, were written. `replies` is its head. null: nothing new. */
export const nextLine = async (
  q: Queryable,
  id: Snowflake,
  fresh: readonly Message[],
  replies: number,
): Promise<ThreadLine | null> => {
  if (fresh.length === 0) return null
  const { rows } = await q.execute<{ people: Snowflake[] }>(sql`
    select people::text[] as people from threads where id = ${id}::bigint`)
  const people = new Set([...fresh].reverse().map((m) => m.authorId))
  for (const userId of rows[0]?.people ?? []) people.add(userId)
  const lastAt = fresh.reduce((at, m) => Math.max(at, m.createdAt), 0)
  return { id, replies, lastAt, people: [...people].slice(0, MAX_THREAD_FACES) }
}

/** Keeps it beside the thread, for lists. What is newer stays. */
export const keepLine = async (tx: Transaction, { id, replies, lastAt, people }: ThreadLine): Promise<void> => {
  await tx.execute(sql`
    update threads set replies = ${replies}, people = ${`{${people.join()}}`}::bigint[],
      last_at = greatest(last_at, to_timestamp(${lastAt} / 1000.0))
    where id = ${id}::bigint and replies < ${replies}`)
}

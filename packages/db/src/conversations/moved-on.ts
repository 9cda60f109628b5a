import { MAX_CONVERSATIONS, type Message, type Snowflake, userRoom } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable, Transaction } from "../client.ts"
import { raiseLastSeq } from "../last-seq.ts"
import { addToOutbox } from "../outbox.ts"
import { addedTo, loadConversations, toConversation } from "./load.ts"

export const isConversation = async (q: Queryable, id: Snowflake): Promise<boolean> => {
  const { rows } = await q.execute(sql`select from conversations where id = ${id}::bigint`)
  return rows.length > 0
}

/**
 * Something was written in a conversation: it comes back into the lists of those who closed it. Clients hold a part where there
 * are too many, and which that is they alone know: whoever has so many is told of it each time. Who writes lets the others in.
 * Only inside `transact`, after what addresses them was written. `conversations` is held before `conversation_members`.
 */
export const movedOn = async (
  tx: Transaction,
  id: Snowflake,
  fresh: readonly Message[],
  head: number,
): Promise<void> => {
  if (fresh.length === 0) return
  await raiseLastSeq(tx, [[id, head]])
  const at = Math.max(...fresh.map((m) => m.createdAt))
  await tx.execute(sql`
    update conversations set last_at = greatest(last_at, to_timestamp(${at} / 1000.0)) where id = ${id}::bigint`)
  const authors = `{${[...new Set(fresh.map((m) => m.authorId))].join()}}`
  const { rows: accepted } = await tx.execute<{ userId: Snowflake }>(sql`
    update conversation_members set request = 'accepted'
    where conversation_id = ${id}::bigint and request <> 'accepted' and user_id = any(${authors}::bigint[])
    returning user_id::text as "userId"`)
  const { rows: unseen } = await tx.execute<{ userId: Snowflake }>(sql`
    select o.user_id::text as "userId" from conversation_members o
    where o.conversation_id = ${id}::bigint and o.request <> 'declined' and (o.closed or (
      select count(*) from (
        select from conversation_members p where p.user_id = o.user_id and p.request <> 'declined'
        limit ${MAX_CONVERSATIONS + 1}
      ) held) > ${MAX_CONVERSATIONS})
    order by o.user_id`)
  await tx.execute(sql`
    update conversation_members set closed = false
    where conversation_id = ${id}::bigint and user_id = any(${`{${unseen.map((u) => u.userId).join()}}`}::bigint[])`)
  const back = new Set(unseen.map(({ userId }) => userId))
  for (const userId of back) {
    const added = await addedTo(tx, userId, id)
    if (added) addToOutbox(tx, userRoom(userId), "conversation:added", added, { guildId: id, userId })
  }
  for (const { userId } of accepted) {
    if (back.has(userId)) continue
    const own = (await loadConversations(tx, userId, [id])).get(id)
    if (!own) continue
    const told = { guildId: id, conversation: toConversation(own) }
    addToOutbox(tx, userRoom(userId), "conversation:updated", told, { guildId: id, userId })
  }
}

/**
 * Something was written in a thread of a conversation: who closed that, and follows the thread or is addressed in it, has it back
 * before they hear of the thread. Of a server's channel nothing is to be done.
 */
export const backForThread = async (
  tx: Transaction,
  id: Snowflake,
  threadId: Snowflake,
  addressed: readonly Snowflake[],
): Promise<void> => {
  const { rows } = await tx.execute<{ userId: Snowflake }>(sql`
    update conversation_members o set closed = false
    where o.conversation_id = ${id}::bigint and o.closed and o.request <> 'declined' and (
      o.user_id = any(${`{${addressed.join()}}`}::bigint[]) or exists (
        select from thread_followers f where f.thread_id = ${threadId}::bigint and f.user_id = o.user_id and not f.muted))
    returning o.user_id::text as "userId"`)
  for (const { userId } of rows) {
    const added = await addedTo(tx, userId, id)
    if (added) addToOutbox(tx, userRoom(userId), "conversation:added", added, { guildId: id, userId })
  }
}

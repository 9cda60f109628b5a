import type { Snowflake } from "@hearth/core"
import { schema, type Transaction } from "@hearth/db"
import { loadGuilds } from "@hearth/db/access"
import { and, eq, ne, sql } from "drizzle-orm"
import { tellAdded } from "./open.ts"
import { tellUpdated } from "./own.ts"

const { conversationMembers } = schema

/**
 * Friends are not asked first: what lies between two people as a request, or was declined once, is a conversation like any other
 * from now on. Held as by who writes there: the conversation, then how its people have it.
 */
export const letIn = async (tx: Transaction, a: Snowflake, b: Snowflake): Promise<void> => {
  const { rows } = await tx.execute<{ id: Snowflake }>(sql`
    select id::text as id from conversations
    where low_id = least(${a}::bigint, ${b}::bigint) and high_id = greatest(${a}::bigint, ${b}::bigint)`)
  const [talk] = rows
  if (!talk) return
  await loadGuilds(tx, [talk.id], "write")
  await tx.execute(sql`select from conversations where id = ${talk.id}::bigint for update`)
  const asked = and(eq(conversationMembers.conversationId, talk.id), ne(conversationMembers.request, "accepted"))
  const before = await tx
    .select({ userId: conversationMembers.userId, closed: conversationMembers.closed })
    .from(conversationMembers)
    .where(asked)
  if (before.length === 0) return
  await tx.update(conversationMembers).set({ request: "accepted", closed: false }).where(asked)
  for (const { userId, closed } of before) await (closed ? tellAdded : tellUpdated)(tx, talk.id, userId)
}

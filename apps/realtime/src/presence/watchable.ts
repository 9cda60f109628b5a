import type { Snowflake } from "@hearth/core"
import type { Database } from "@hearth/db"
import { sql } from "drizzle-orm"

/**
 * Which of these people somebody may know to be here: those of their servers and groups, and friends. Who was written to
 * and has not let the writer in shows nothing by that. Nor does a conversation of two say that both want it: one begins it alone, and
 * it stays when nothing else is shared any more.
 */
export const watchable = async (
  db: Database,
  viewerId: Snowflake,
  userIds: readonly Snowflake[],
): Promise<Set<Snowflake>> => {
  const { rows } = await db.execute<{ id: Snowflake }>(sql`
    select o.user_id::text as id from members m join members o on o.guild_id = m.guild_id
    where m.user_id = ${viewerId}::bigint and o.user_id = any(${sql.param(userIds)}::bigint[])
      and not exists (select from conversations k where k.id = o.guild_id and k.low_id is not null)
      and not exists (select from conversation_members c
        where c.conversation_id = o.guild_id and c.user_id = o.user_id and c.request <> 'accepted')
    union select high_id::text from friendships
      where low_id = ${viewerId}::bigint and high_id = any(${sql.param(userIds)}::bigint[])
    union select low_id::text from friendships
      where high_id = ${viewerId}::bigint and low_id = any(${sql.param(userIds)}::bigint[])`)
  return new Set(rows.map((row) => row.id))
}

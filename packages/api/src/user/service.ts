import type { Snowflake, UserCard } from "@hearth/core"
import { cardColumns, type Queryable, schema, toCard } from "@hearth/db"
import { and, eq, inArray, or, sql } from "drizzle-orm"
import type { SignedIn } from "../context.ts"

const { users } = schema

/** Cards of people whom the asker has met already, such as a message's author. Checks nothing. */
export const cardsOf = async (q: Queryable, userIds: readonly Snowflake[]): Promise<UserCard[]> => {
  if (userIds.length === 0) return []
  const rows = await q
    .select(cardColumns)
    .from(users)
    .where(inArray(users.id, [...new Set(userIds)]))
    .orderBy(users.id)
  return rows.map(toCard)
}

/** Of users: who shares a server or a conversation with the asker, their friends, and the asker. */
export const known = (me: Snowflake) =>
  or(
    eq(users.id, me),
    sql`exists (select from members theirs join members mine on mine.guild_id = theirs.guild_id
      where theirs.user_id = ${users.id} and mine.user_id = ${me}::bigint)`,
    sql`exists (select from friendships f where f.low_id = least(${users.id}, ${me}::bigint)
      and f.high_id = greatest(${users.id}, ${me}::bigint))`,
  )

/** Those of the users who share a server with the asker, their friends, and the asker. Others are left out, as if they did not exist. */
export const byIds = async ({ db, session }: SignedIn, { userIds }: { userIds: Snowflake[] }): Promise<UserCard[]> => {
  if (userIds.length === 0) return []
  const rows = await db
    .select(cardColumns)
    .from(users)
    .where(and(inArray(users.id, [...new Set(userIds)]), known(session.userId)))
    .orderBy(users.id)
  return rows.map(toCard)
}

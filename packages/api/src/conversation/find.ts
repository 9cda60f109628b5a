import type { Snowflake, UserCard } from "@hearth/core"
import { type CardRow, toCard } from "@hearth/db"
import { sql } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { startsWith } from "../member/search.ts"

interface Row extends CardRow, Record<string, unknown> {
  sortName: string
}

/**
 * Whom one could write to, by the beginning of the name: people of all one's servers, without those whom a block is with. Of
 * each server the first few in the order of its index, however many names begin so.
 */
export const find = async (
  { db, session }: SignedIn,
  { prefix, limit }: { prefix: string; limit: number },
): Promise<UserCard[]> => {
  const me: Snowflake = session.userId
  const { rows } = await db.execute<Row>(sql`
    select u.id::text as id, u.display_name as "displayName", u.portrait, f.sort_name as "sortName" from (
      select p.user_id, min(p.sort_name) as sort_name
      from members mine cross join lateral (
        select t.user_id, t.sort_name from members t
        where t.guild_id = mine.guild_id and t.sort_name like ${startsWith(prefix)} and t.user_id <> ${me}::bigint
          and not exists (
            select from blocks b where (b.user_id = t.user_id and b.blocked_id = ${me}::bigint)
              or (b.user_id = ${me}::bigint and b.blocked_id = t.user_id))
        order by t.sort_name using ~<~ limit ${limit}
      ) p
      where mine.user_id = ${me}::bigint and not exists (select from conversations k where k.id = mine.guild_id)
      group by p.user_id order by min(p.sort_name) using ~<~, p.user_id limit ${limit}
    ) f join users u on u.id = f.user_id order by f.sort_name using ~<~, u.id`)
  return rows.map(toCard)
}

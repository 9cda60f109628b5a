import type { Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"

/** These people were active just now: kept of those who show it, to the minute, by the database's clock. */
export const keepActive = async (q: Queryable, userIds: readonly Snowflake[]): Promise<void> => {
  if (userIds.length === 0) return
  // In one order: two nodes that keep the same people do not wait for each other in a circle.
  await q.execute(sql`
    with those as (
      select user_id from last_active where user_id = any(${sql.param([...userIds])}::bigint[])
        and (at is null or at < date_trunc('minute', now())) order by user_id for update)
    update last_active set at = date_trunc('minute', now()) from those where last_active.user_id = those.user_id`)
}

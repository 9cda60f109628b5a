import type { MentionKind, Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import { wasHere } from "../attendance/index.ts"
import type { Queryable } from "../client.ts"

/** The newest unread message of a channel that addresses somebody. */
export interface Ask {
  channelId: Snowflake
  seq: number
  kind: MentionKind
  /** Microseconds, as PostgreSQL keeps them. */
  at: string
}

/** Of these channels, by `unreadMentions`: the rows of their newest mentions, in the order of time, the newest first. */
export const newestAsks = async (
  q: Queryable,
  userId: Snowflake,
  newest: readonly { channelId: Snowflake; seq: number }[],
): Promise<Ask[]> => {
  if (newest.length === 0) return []
  const { rows } = await q.execute<Ask & Record<string, unknown>>(sql`
    select v."channelId"::text as "channelId", v.seq::float8 as seq, a.kind, a.at from
      jsonb_to_recordset(${JSON.stringify(newest)}::jsonb) as v("channelId" bigint, seq bigint)
      join channels c on c.id = v."channelId"
      join members m on m.guild_id = c.guild_id and m.user_id = ${userId}::bigint
      cross join lateral (
        select kind, (extract(epoch from at) * 1000000)::bigint::text as at from mentions x
        where x.channel_id = v."channelId" and x.seq = v.seq
          and x.target_id = any(array[m.user_id, m.guild_id] || m.role_ids)
          and (x.kind <> 'here' or ${wasHere(sql`m.user_id`, sql`x.at`)})
        -- Who is named is told so, even where everybody is.
        order by x.target_id <> m.user_id limit 1
      ) a
    order by a.at::bigint desc, v."channelId" desc`)
  return rows
}

/** A message that is gone addresses nobody: its rows were left by a node that died before its consumer ran. */
export const forgetMentions = async (q: Queryable, channelId: Snowflake, seq: number): Promise<void> => {
  await q.execute(sql`delete from mentions where channel_id = ${channelId}::bigint and seq = ${seq}`)
}

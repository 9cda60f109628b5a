import type { MentionKind, Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import { wasHere } from "../attendance/index.ts"
import type { Queryable } from "../client.ts"

export interface ListedMention {
  guildId: Snowflake
  channelId: Snowflake
  parentId: Snowflake | null
  seq: number
  kind: MentionKind
  /** Microseconds, as PostgreSQL keeps them. */
  at: string
}

/**
 * What addresses somebody in these channels and their threads, read or not, the newest first, behind a place in that order. Each
 * message once: who is named is told so, even where everybody is.
 */
export const listMentions = async (
  q: Queryable,
  userId: Snowflake,
  {
    visible,
    after,
    limit,
  }: { visible: readonly Snowflake[]; after: [at: string, channelId: Snowflake, seq: string] | null; limit: number },
): Promise<ListedMention[]> => {
  const behind = after
    ? sql`and (x.at, x.channel_id, x.seq) < (timestamptz 'epoch' + ${after[0]}::bigint * interval '1 microsecond',
        ${after[1]}::bigint, ${after[2]}::bigint)`
    : sql``
  const { rows } = await q.execute<ListedMention & Record<string, unknown>>(sql`
    with targets as (
      select ${userId}::bigint as id
      union select unnest(array[guild_id] || role_ids) from members
        where user_id = ${userId}::bigint and not exists (select from conversations k where k.id = guild_id)
    )
    select c.guild_id::text as "guildId", f.channel_id::text as "channelId", f.parent_id::text as "parentId",
      f.seq::float8 as seq, f.kind, (extract(epoch from f.at) * 1000000)::bigint::text as at
    from targets t cross join lateral (
      select x.* from mentions x
      join channels c on c.id = x.channel_id
      join members m on m.guild_id = c.guild_id and m.user_id = ${userId}::bigint
      where x.target_id = t.id and coalesce(x.parent_id, x.channel_id) = any(${`{${visible.join()}}`}::bigint[])
        and x.author_id <> m.user_id and x.at > m.joined_at - interval '1 second' ${behind}
        and (x.kind <> 'here' or ${wasHere(sql`m.user_id`, sql`x.at`)})
        and not exists (
          select from mentions y where y.channel_id = x.channel_id and y.seq = x.seq
            and y.target_id in (select id from targets)
            and (y.kind <> 'here' or ${wasHere(sql`m.user_id`, sql`y.at`)})
            and (y.target_id = m.user_id, y.target_id) > (x.target_id = m.user_id, x.target_id))
      order by x.at desc, x.channel_id desc, x.seq desc limit ${limit}
    ) f join channels c on c.id = f.channel_id
    order by f.at desc, f.channel_id desc, f.seq desc limit ${limit}`)
  return rows
}

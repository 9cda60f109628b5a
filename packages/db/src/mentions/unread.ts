import { MAX_UNREAD_MENTIONS, type Snowflake, type UnreadMentions } from "@hearth/core"
import { type SQL, sql } from "drizzle-orm"
import { wasHere } from "../attendance/index.ts"
import type { Queryable } from "../client.ts"

const idsOf = (ids: readonly Snowflake[]): SQL => sql`${`{${ids.join()}}`}::bigint[]`

/**
 * What addresses people and lies above their read marks, by channel. It knows memberships, not overwrites: leaving out channels
 * that they may not view is for the asker, who knows permissions. Of each channel at most so many, by one look into an index for
 * each way in which they can be addressed; channels that did not move since they were read are passed by, and looked up once for
 * all who ask. Who joined later was not meant: to a second, since clocks differ. Nor was, by a call of those who are here, who was not.
 */
export const unreadMentions = async (
  q: Queryable,
  userIds: readonly Snowflake[],
  channelId?: Snowflake,
): Promise<Map<Snowflake, UnreadMentions>> => {
  const { rows } = await q.execute<{ u: Snowflake; c: Snowflake; seqs: number[] }>(sql`
    with asked as materialized (
      select user_id, guild_id, role_ids, joined_at from members where user_id = any(${idsOf(userIds)})
    ),
    moved as materialized (
      select id, guild_id, last_seq from channels
      where parent_id is null and last_seq > 0 and guild_id in (select guild_id from asked)
        ${channelId === undefined ? sql`` : sql`and id = ${channelId}::bigint`}
    ),
    marks as materialized (
      select user_id, channel_id, last_read_seq from read_states where user_id = any(${idsOf(userIds)})
        ${channelId === undefined ? sql`` : sql`and channel_id = ${channelId}::bigint`}
    )
    select m.user_id::text as u, c.id::text as c, n.seqs from asked m join moved c on c.guild_id = m.guild_id
    left join marks r on r.user_id = m.user_id and r.channel_id = c.id
    cross join lateral (
      select array_agg(s.seq::float8 order by s.seq) as seqs from (
        select distinct x.seq from unnest(array[m.user_id, m.guild_id] || m.role_ids) as t(id) cross join lateral (
          select seq from mentions where target_id = t.id and channel_id = c.id and seq > coalesce(r.last_read_seq, 0)
            and author_id <> m.user_id and at > m.joined_at - interval '1 second'
            and (kind <> 'here' or ${wasHere(sql`m.user_id`, sql`at`)})
          order by seq desc limit ${MAX_UNREAD_MENTIONS}
        ) x order by x.seq desc limit ${MAX_UNREAD_MENTIONS}
      ) s
    ) n
    where c.last_seq > coalesce(r.last_read_seq, 0) and n.seqs is not null`)
  const byUser = new Map<Snowflake, UnreadMentions>()
  for (const { u, c, seqs } of rows) {
    const mine = byUser.get(u) ?? {}
    mine[c] = seqs
    byUser.set(u, mine)
  }
  return byUser
}

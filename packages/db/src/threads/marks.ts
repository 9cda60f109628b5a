import type { ReadState, Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"

const MAX_MARKS = 500

export interface ThreadMark extends ReadState {
  /** The channel that it hangs in: whether somebody may view that is for the asker. */
  parentId: Snowflake
}

/** Of the followed threads in which somebody was told of something and has read it since: how far. The newest. */
export const readThreadMarks = async (
  q: Queryable,
  userIds: readonly Snowflake[],
): Promise<Map<Snowflake, ThreadMark[]>> => {
  const { rows } = await q.execute<ThreadMark & { userId: Snowflake } & Record<string, unknown>>(sql`
    select u.id::text as "userId", m."channelId", m."lastReadSeq", m."parentId"
    from unnest(${`{${userIds.join()}}`}::bigint[]) as u(id) cross join lateral (
      select t.id::text as "channelId", r.last_read_seq as "lastReadSeq", t.channel_id::text as "parentId"
      from thread_followers f join threads t on t.id = f.thread_id
      join read_states r on r.user_id = f.user_id and r.channel_id = f.thread_id
      where f.user_id = u.id and f.told > 0 and r.last_read_seq >= f.told
      order by t.last_at desc limit ${MAX_MARKS}
    ) m`)
  const byUser = new Map<Snowflake, ThreadMark[]>()
  for (const { userId, ...mark } of rows) byUser.set(userId, [...(byUser.get(userId) ?? []), mark])
  return byUser
}

import type { Snowflake } from "@hearth/core"
import { type SQL, sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"

/** A call of those who are here calls nobody any more after so long, so nothing older is kept. */
const CALLED = sql.raw("interval '30 days'")
/** Of each person. What is older counts as if they had been here. */
const ABSENCES = 500

const idsOf = (userIds: readonly Snowflake[]): SQL => sql`${`{${userIds.join()}}`}::bigint[]`

/** These people are not here from now on, by the database's clock. */
export const keepLeft = async (q: Queryable, userIds: readonly Snowflake[]): Promise<void> => {
  if (userIds.length === 0) return
  // In one order: two nodes that keep the same people do not wait for each other in a circle.
  await q.execute(sql`
    insert into attendance (user_id, left_at)
    select id, now() from users where id = any(${idsOf(userIds)}) order by id
    on conflict (user_id) do update set left_at = excluded.left_at where attendance.left_at is null`)
}

/** These people are here again, for so many ms. */
export const keepCame = async (q: Queryable, userIds: readonly Snowflake[], agoMs = 0): Promise<void> => {
  if (userIds.length === 0) return
  await q.execute(sql`
    with those as (
      select user_id, now() - ${agoMs}::float8 * interval '1 millisecond' as came
        from attendance where user_id = any(${idsOf(userIds)}) and left_at is not null order by user_id for update
    )
    update attendance set left_at = null, away = coalesce((
      select range_agg(r) from (
        select r from unnest(
          (away + tstzmultirange(tstzrange(least(left_at, came), came))) * tstzmultirange(tstzrange(now() - ${CALLED}, null))
        ) as r order by r desc limit ${ABSENCES}
      ) newest
    ), '{}') from those where attendance.user_id = those.user_id`)
}

/** These people were here all the time: that they left was a mistake. */
export const keepStayed = async (q: Queryable, userIds: readonly Snowflake[]): Promise<void> => {
  if (userIds.length === 0) return
  await q.execute(sql`
    with those as (
      select user_id from attendance where user_id = any(${idsOf(userIds)}) and left_at is not null order by user_id for update
    )
    update attendance set left_at = null from those where attendance.user_id = those.user_id`)
}

/** Whether a call of those who are here, at a time, was for somebody: who is not known to have been away was here. */
export const wasHere = (userId: SQL, at: SQL): SQL => sql`
  (${at} > now() - ${CALLED}
    and not exists (select from attendance a where a.user_id = ${userId} and (${at} >= a.left_at or a.away @> ${at})))`

import type { OwnStatus, Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"

type Row = {
  userId: Snowflake
  state: OwnStatus["state"]
  version: number
  text: string
  emoji: string | null
  until: number | null
}

/** How these people want to be seen, of those who ever said so. A line that has run out, by the database's clock, is none. */
export const statusesOf = async (q: Queryable, userIds: readonly Snowflake[]): Promise<Map<Snowflake, OwnStatus>> => {
  if (userIds.length === 0) return new Map()
  const { rows } = await q.execute<Row & { holds: boolean }>(sql`
    select user_id::text as "userId", state, version, text, emoji,
      (extract(epoch from expires_at) * 1000)::float8 as until,
      (text <> '' or emoji is not null) and (expires_at is null or expires_at > clock_timestamp()) as holds
    from user_status where user_id = any(${sql.param([...userIds])}::bigint[])`)
  return new Map(
    rows.map(({ userId, state, version, text, emoji, until, holds }) => [
      userId,
      {
        state,
        version,
        ...(holds && { custom: { text, ...(emoji !== null && { emoji }), ...(until !== null && { until }) } }),
      },
    ]),
  )
}

export const statusOf = async (q: Queryable, userId: Snowflake): Promise<OwnStatus | undefined> =>
  (await statusesOf(q, [userId])).get(userId)

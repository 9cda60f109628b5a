import {
  AppError,
  type Listed,
  newSnowflake,
  type Report,
  type ReportAbout,
  Snowflake,
  snowflakeTime,
} from "@hearth/core"
import { type Queryable, schema } from "@hearth/db"
import { and, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"
import { fromCursor, toListed } from "../paging.ts"
import { cardsOf } from "../user/service.ts"

const { reports } = schema

/** Of whom one has seen anything at all: in a server or a conversation, as a friend, or since they asked to be one. */
const hasMet = async (q: Queryable, me: Snowflake, userId: Snowflake): Promise<boolean> => {
  const { rows } = await q.execute(sql`
    select 1 where exists (
      select from members mine join members theirs on theirs.guild_id = mine.guild_id
      where mine.user_id = ${me}::bigint and theirs.user_id = ${userId}::bigint)
    or exists (select from friendships f where f.low_id = least(${me}::bigint, ${userId}::bigint)
      and f.high_id = greatest(${me}::bigint, ${userId}::bigint))
    or exists (select from friend_requests r where r.from_id = ${userId}::bigint and r.to_id = ${me}::bigint and r.state <> 'silent')`)
  return rows.length > 0
}

/** Tells administrators of somebody. Whoever it is does not hear of it. */
export const send = async (
  ctx: SignedIn,
  { userId, about, text }: { userId: Snowflake; about: ReportAbout; text: string },
): Promise<object> => {
  const { db, session, clock } = ctx
  const me = session.userId
  await takeLimits(ctx, { reportByAccount: me })
  if (userId === me || !(await hasMet(db, me, userId)))
    throw new AppError("UNKNOWN_MEMBER", "There is nobody like that whom you could report.")
  await db.insert(reports).values({ id: newSnowflake(clock()), reporterId: me, reportedId: userId, about, text })
  return {}
}

/** For administrators: what nobody has looked at yet, or what somebody has, the newest first. */
export const list = async (
  { db }: SignedIn,
  { seen, cursor, limit }: { seen: boolean; cursor?: string | undefined; limit: number },
): Promise<Listed<Report>> => {
  const before = fromCursor(cursor, z.tuple([Snowflake]))?.[0]
  const rows = await db
    .select()
    .from(reports)
    .where(
      and(
        seen ? isNotNull(reports.seenAt) : isNull(reports.seenAt),
        before === undefined ? undefined : lt(reports.id, before),
      ),
    )
    .orderBy(desc(reports.id))
    .limit(limit + 1)
  const people = await cardsOf(
    db,
    rows.flatMap(({ reporterId, reportedId }) => [reporterId, reportedId].filter((id) => id !== null)),
  )
  const card = (id: Snowflake | null) => people.find((user) => user.id === id)
  return toListed(
    rows,
    limit,
    (row) => [row.id],
    ({ id, about, text, reporterId, reportedId, seenAt }) => {
      const [reporter, reported] = [card(reporterId), card(reportedId)]
      return {
        id,
        at: snowflakeTime(id),
        about,
        text,
        ...(reporter && { reporter }),
        ...(reported && { reported }),
        seenAt: seenAt && seenAt.getTime(),
      }
    },
  )
}

/** Somebody looked at it. Whoever does so second changes nothing. */
export const see = async ({ db, clock }: SignedIn, { reportId }: { reportId: Snowflake }): Promise<object> => {
  await db
    .update(reports)
    .set({ seenAt: new Date(clock()) })
    .where(and(eq(reports.id, reportId), isNull(reports.seenAt)))
  return {}
}

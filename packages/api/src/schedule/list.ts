import { type Listed, type ScheduledItem, Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { loadMemberships, visibleTo } from "@hearth/db/access"
import { and, asc, eq, sql } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { fromCursor, toListed } from "../paging.ts"
import { threadsAmong } from "../thread/among.ts"
import { toScheduled } from "./service.ts"

const { scheduledMessages } = schema
const Key = z.tuple([z.string().regex(/^[0-9]{1,15}$/), Snowflake])

/** By when they are sent, the next first: what could not be sent stands before all. A channel is named while one may view it. */
export const list = async (
  { db, session, bodies }: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<ScheduledItem>> => {
  const { userId } = session
  const after = fromCursor(cursor, Key)
  const { sendAt, id } = scheduledMessages
  const rows = await db
    .select()
    .from(scheduledMessages)
    .where(
      and(
        eq(scheduledMessages.userId, userId),
        after
          ? sql`(${sendAt}, ${id}) > (${new Date(Number(after[0])).toISOString()}::timestamptz, ${after[1]}::bigint)`
          : undefined,
      ),
    )
    .orderBy(asc(sendAt), asc(id))
    .limit(limit + 1)
  const memberships = rows.length === 0 ? [] : await loadMemberships(db, userId)
  const guildOf = new Map(
    memberships.flatMap(({ access, channels }) =>
      visibleTo(access, channels).map(({ channel }) => [channel.id, access.guild.id] as const),
    ),
  )
  const threadAt = await threadsAmong(
    db,
    rows.map((row) => row.channelId),
  )
  return toListed(
    rows,
    limit,
    (row) => [String(row.sendAt.getTime()), row.id],
    (row) => {
      const parentId = threadAt.get(row.channelId)
      const guildId = guildOf.get(parentId ?? row.channelId)
      return { ...toScheduled(bodies, row), ...(guildId && { guildId, ...(parentId && { parentId }) }) }
    },
  )
}

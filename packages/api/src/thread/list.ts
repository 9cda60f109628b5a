import { type Listed, Snowflake, THREAD_QUIET_MS, type ThreadItem } from "@hearth/core"
import { schema } from "@hearth/db"
import { and, desc, eq, gt, gte, lt, sql } from "drizzle-orm"
import { z } from "zod"
import { requireViewer, unknownChannel } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { fromCursor, toListed } from "../paging.ts"
import { cardsOf } from "../user/service.ts"
import { toThread } from "./service.ts"

const { threads } = schema
const Key = z.tuple([z.string().regex(/^[0-9]{1,15}$/), Snowflake])

/**
 * The threads of a channel in which somebody wrote, the liveliest first. Whether one is archived is a matter of time alone: nothing
 * is done to it, and whoever writes in it finds it among the others again.
 */
export const list = async (
  { db, store, session, clock }: SignedIn,
  request: { channelId: Snowflake; archived: boolean; cursor?: string | undefined; limit: number },
): Promise<Listed<ThreadItem>> => {
  const { channelId, archived, cursor, limit } = request
  const { channel, parentId } = await requireViewer(db, channelId, session.userId)
  if (parentId !== null) throw unknownChannel()
  const after = fromCursor(cursor, Key)
  const quiet = new Date(clock() - THREAD_QUIET_MS)
  const rows = await db
    .select()
    .from(threads)
    .where(
      and(
        eq(threads.channelId, channelId),
        gt(threads.replies, 0),
        archived ? lt(threads.lastAt, quiet) : gte(threads.lastAt, quiet),
        after
          ? sql`(${threads.lastAt}, ${threads.id}) < (${new Date(Number(after[0])).toISOString()}::timestamptz, ${after[1]}::bigint)`
          : undefined,
      ),
    )
    .orderBy(desc(threads.lastAt), desc(threads.id))
    .limit(limit + 1)
  const found = await Promise.all(rows.slice(0, limit).map(({ seq }) => store.get(channelId, seq)))
  const messages = new Map(found.flatMap((m) => (m && !m.deleted ? [[m.seq, m] as const] : [])))
  const cards = new Map(
    (await cardsOf(db, [...[...messages.values()].map((m) => m.authorId), ...rows.flatMap((row) => row.people)])).map(
      (card) => [card.id, card],
    ),
  )
  return toListed(
    rows,
    limit,
    (row) => [String(row.lastAt.getTime()), row.id],
    (row) => {
      const message = messages.get(row.seq)
      const author = message && cards.get(message.authorId)
      const people = row.people.flatMap((id) => cards.get(id) ?? [])
      return { thread: toThread(row, channel.guildId), ...(message && { message }), ...(author && { author }), people }
    },
  )
}

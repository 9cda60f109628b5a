import { type Listed, type Message, type SavedItem, Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { loadMemberships, visibleTo } from "@hearth/db/access"
import { and, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { fromCursor, toListed } from "../paging.ts"
import { threadsAmong } from "../thread/among.ts"
import { cardsOf } from "../user/service.ts"
import { type SavedRow, toSaved } from "./service.ts"

const { savedMessages } = schema

const Key = z.tuple([z.string().regex(/^[0-9]{1,15}$/), Snowflake, z.string().regex(/^[0-9]{1,15}$/)])

interface Request {
  done: boolean
  cursor?: string | undefined
  limit: number
}

/** What lies behind the last row of the page before, in the order of the list. */
const after = (at: SQL, cursor: string | undefined): SQL | undefined => {
  const key = fromCursor(cursor, Key)
  if (!key) return undefined
  const [moment, channelId, seq] = key
  const when = new Date(Number(moment)).toISOString()
  return sql`(${at}, ${savedMessages.channelId}, ${savedMessages.seq}) < (${when}::timestamptz, ${channelId}::bigint, ${seq}::bigint)`
}

/**
 * What rang comes first, then what was saved last; what is done by when it was done. A message comes along only while its reader
 * may view it and it is there: else nothing of it is told but that it was saved.
 */
export const list = async (
  { db, store, session }: SignedIn,
  { done, cursor, limit }: Request,
): Promise<Listed<SavedItem>> => {
  const { userId } = session
  const at = done ? sql`${savedMessages.doneAt}` : sql`coalesce(${savedMessages.rangAt}, ${savedMessages.savedAt})`
  const rows = await db
    .select()
    .from(savedMessages)
    .where(
      and(
        eq(savedMessages.userId, userId),
        done ? isNotNull(savedMessages.doneAt) : isNull(savedMessages.doneAt),
        after(at, cursor),
      ),
    )
    .orderBy(desc(at), desc(savedMessages.channelId), desc(savedMessages.seq))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const threadAt = await threadsAmong(
    db,
    page.map((row) => row.channelId),
  )
  const visible = await visibleChannels(db, userId)
  const guildOf = new Map(
    page.flatMap(({ channelId }) => {
      const guildId = visible.get(threadAt.get(channelId) ?? channelId)
      return guildId ? [[channelId, guildId] as const] : []
    }),
  )
  const found = await Promise.all(
    page.map(({ channelId, seq }) => (guildOf.has(channelId) ? store.get(channelId, seq) : null)),
  )
  const messages = new Map<SavedRow, Message>()
  page.forEach((row, i) => {
    const message = found[i]
    if (message && !message.deleted) messages.set(row, message)
  })
  const authors = [...messages.values()].map((m) => m.authorId)
  const cards = new Map((await cardsOf(db, authors)).map((card) => [card.id, card]))
  return toListed(
    rows,
    limit,
    (row) => [String(((done ? row.doneAt : row.rangAt) ?? row.savedAt).getTime()), row.channelId, String(row.seq)],
    (row) => {
      const guildId = guildOf.get(row.channelId)
      const message = messages.get(row)
      const author = message && cards.get(message.authorId)
      const parentId = guildId && threadAt.get(row.channelId)
      const where = { ...(guildId && { guildId }), ...(parentId && { parentId }) }
      return { ...toSaved(row), ...where, ...(message && { message }), ...(author && { author }) }
    },
  )
}

const visibleChannels = async (db: SignedIn["db"], userId: Snowflake): Promise<Map<Snowflake, Snowflake>> => {
  const memberships = await loadMemberships(db, userId)
  return new Map(
    memberships.flatMap(({ access, channels }) =>
      visibleTo(access, channels).map(({ channel }) => [channel.id, access.guild.id] as const),
    ),
  )
}

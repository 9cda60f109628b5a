import { type ConversationItem, type ConversationLine, type Listed, type Message, Snowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { loadGuildSnapshot } from "@hearth/db/access"
import { loadConversations } from "@hearth/db/conversations"
import { and, desc, eq, ne, sql } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { atMicros, fromCursor, Micros, microsOf, toListed } from "../paging.ts"
import { cardsOf } from "../user/service.ts"

const { conversationMembers, conversations } = schema

/** All conversations, also closed ones; not what was declined. */
export const list = async (
  { db, session }: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<ConversationItem>> => {
  const { userId } = session
  const before = fromCursor(cursor, z.tuple([Micros, Snowflake]))
  const rows = await db
    .select({ id: conversations.id, at: microsOf(conversations.lastAt) })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .where(
      and(
        eq(conversationMembers.userId, userId),
        ne(conversationMembers.request, "declined"),
        before
          ? sql`(${conversations.lastAt}, ${conversations.id}) < (${atMicros(before[0])}, ${before[1]}::bigint)`
          : undefined,
      ),
    )
    .orderBy(desc(conversations.lastAt), desc(conversations.id))
    .limit(limit + 1)
  const listed = toListed(
    rows,
    limit,
    (row) => [row.at, row.id],
    (row) => row.id,
  )
  const own = await loadConversations(db, userId, listed.items)
  const items: ConversationItem[] = []
  for (const id of listed.items) {
    const talk = own.get(id)
    const snapshot = talk && (await loadGuildSnapshot(db, id, userId))
    if (!snapshot) continue
    const { closed, ...conversation } = talk
    items.push({ ...snapshot, conversation, closed })
  }
  return { items, next: listed.next }
}

const AT_ONCE = 8

/** What was said last in some of one's conversations. Others are left out. */
export const lines = async (
  { db, store, session }: SignedIn,
  { conversationIds }: { conversationIds: Snowflake[] },
): Promise<ConversationLine[]> => {
  const own = await loadConversations(db, session.userId, conversationIds)
  const last = new Map<Snowflake, Message>()
  const waiting = [...own.keys()]
  const worker = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const { messages } = await store.page(id, {}, 1)
      const [message] = messages
      if (message && !message.deleted) last.set(id, message)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const authors = await cardsOf(
    db,
    [...last.values()].map((m) => m.authorId),
  )
  const cards = new Map(authors.map((card) => [card.id, card]))
  return [...own.keys()].map((id) => {
    const message = last.get(id)
    const author = message && cards.get(message.authorId)
    return { id, ...(message && { message }), ...(author && { author }) }
  })
}

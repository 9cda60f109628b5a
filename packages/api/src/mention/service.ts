import { type Listed, type MentionItem, Snowflake } from "@hearth/core"
import { loadMemberships, visibleTo } from "@hearth/db/access"
import { forgetMentions, listMentions } from "@hearth/db/mentions"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { fromCursor, Micros, toListed } from "../paging.ts"
import { cardsOf } from "../user/service.ts"

const Key = z.tuple([Micros, Snowflake, z.string().regex(/^[0-9]{1,15}$/)])
const AT_ONCE = 8

/** All that addresses the reader, read or not, the newest first. A page may be shorter than asked for: what is deleted is not told. */
export const list = async (
  { db, store, session }: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<MentionItem>> => {
  const { userId } = session
  const after = fromCursor(cursor, Key)
  const memberships = await loadMemberships(db, userId)
  // What is written in conversations addresses everybody there: they have a list of their own.
  const visible = memberships.flatMap(({ access, channels }) =>
    access.isConversation ? [] : visibleTo(access, channels).map((c) => c.channel.id),
  )
  const rows = await listMentions(db, userId, { visible, after, limit: limit + 1 })
  const { items: page, next } = toListed(
    rows,
    limit,
    (row) => [row.at, row.channelId, String(row.seq)],
    (row) => row,
  )
  const found: Omit<MentionItem, "author">[] = []
  for (let at = 0; at < page.length; at += AT_ONCE) {
    const part = page.slice(at, at + AT_ONCE)
    const messages = await Promise.all(part.map(({ channelId, seq }) => store.get(channelId, seq)))
    for (const [i, { guildId, channelId, parentId, seq, kind }] of part.entries()) {
      const message = messages[i]
      // Its rows were left by a node that died before its consumer ran.
      if (message?.deleted) await forgetMentions(db, channelId, seq)
      else if (message) found.push({ guildId, channelId, ...(parentId && { parentId }), kind, message })
    }
  }
  const authors = found.map(({ message }) => message.authorId)
  const cards = new Map((await cardsOf(db, authors)).map((card) => [card.id, card]))
  const items = found.map((item) => {
    const author = cards.get(item.message.authorId)
    return author ? { ...item, author } : item
  })
  return { items, next }
}

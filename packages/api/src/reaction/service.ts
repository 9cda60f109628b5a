import { AppError, fromPoll, isVote, type Listed, type OwnReactions, Snowflake, type UserCard } from "@hearth/core"
import { z } from "zod"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { fromCursor, toCursor } from "../paging.ts"
import { cardsOf } from "../user/service.ts"

/** Which reactions of these messages are the asker's own. */
export const mine = async (
  { db, store, session }: SignedIn,
  { channelId, seqs }: { channelId: Snowflake; seqs: number[] },
): Promise<{ mine: OwnReactions[] }> => {
  await requireViewer(db, channelId, session.userId)
  return { mine: await store.reactedBy(channelId, [...new Set(seqs)], session.userId) }
}

/** Who gave a message this emoji, or voted for this option. Accounts that are gone are left out, so a page may be shorter than asked for. */
export const list = async (
  { db, store, session }: SignedIn,
  input: { channelId: Snowflake; seq: number; emoji: string; cursor?: string | undefined; limit: number },
): Promise<Listed<UserCard>> => {
  const { channelId, seq, emoji, cursor, limit } = input
  await requireViewer(db, channelId, session.userId)
  const message = await store.get(channelId, seq)
  if (!message || message.deleted) throw new AppError("UNKNOWN_MESSAGE", "There is no such message.")
  // Not even to its author, or to who runs the server.
  if (isVote(message.content, emoji) && fromPoll(message.content)?.secret)
    throw new AppError("FORBIDDEN", "Nobody is told who voted in this poll.")
  // Keys are `emoji:user` in the order of their bytes: those of one emoji stand together.
  const prefix = `${emoji}:`
  const after = fromCursor(cursor, z.tuple([Snowflake]))?.[0] ?? ""
  const details = await store.details(channelId, seq, 1, prefix + after, limit + 1)
  const userIds = details.filter((d) => d.key.startsWith(prefix)).map((d) => d.key.slice(prefix.length))
  const page = userIds.slice(0, limit)
  const cards = new Map((await cardsOf(db, page)).map((card) => [card.id, card]))
  const last = page.at(-1)
  return {
    items: page.flatMap((id) => cards.get(id) ?? []),
    next: userIds.length > limit && last ? toCursor([last]) : null,
  }
}

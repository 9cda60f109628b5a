import { AppError, can, type Listed, MAX_PINS, type Pin, type PinAdded, type Snowflake } from "@hearth/core"
import { addToOutbox, removePin, schema, transact } from "@hearth/db"
import { and, desc, eq, sql } from "drizzle-orm"
import { z } from "zod"
import { channelAudience, requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { fromCursor, toListed } from "../paging.ts"
import { cardsOf } from "../user/service.ts"

const { pins } = schema
type Added = z.infer<typeof PinAdded>
interface Which {
  channelId: Snowflake
  seq: number
}

const unknownMessage = () => new AppError("UNKNOWN_MESSAGE", "There is no such message.")

const requirePinner = async (tx: Parameters<typeof requireViewer>[0], channelId: Snowflake, userId: Snowflake) => {
  const found = await requireViewer(tx, channelId, userId, "write")
  if (!can(found.access.rules, found.access.actor, "MANAGE_MESSAGES", found.overwrites))
    throw new AppError("FORBIDDEN", "You may not pin messages in this channel.")
  if (found.parentId !== null) throw new AppError("FORBIDDEN", "What is said in a thread is not pinned.")
  return found
}

const livingMessage = async ({ store }: SignedIn, { channelId, seq }: Which): Promise<boolean> => {
  const message = await store.get(channelId, seq)
  return message !== null && !message.deleted
}

/** Pinning twice is pinning once. The guild's row is held, so that two at once are not one too many. */
export const add = async (ctx: SignedIn, { channelId, seq }: Which): Promise<Added> => {
  const { db, session, clock } = ctx
  await requireViewer(db, channelId, session.userId)
  const lives = await livingMessage(ctx, { channelId, seq })
  const added = await transact(db, async (tx) => {
    const found = await requirePinner(tx, channelId, session.userId)
    if (!lives) throw unknownMessage()
    const all = await tx.select().from(pins).where(eq(pins.channelId, channelId))
    const known = all.find((p) => p.seq === seq)
    if (known) return toAdded(known)
    if (all.length >= MAX_PINS)
      throw new AppError("TOO_MANY", `A channel has at most ${MAX_PINS} pinned messages. Unpin one first.`)
    const row = { channelId, seq, pinnedBy: session.userId, pinnedAt: new Date(clock()) }
    await tx.insert(pins).values(row)
    const { guildId } = found.channel
    addToOutbox(tx, channelAudience(found.access, found), "pin:added", toAdded(row), { guildId, channelId })
    return toAdded(row)
  })
  // Whoever deletes it takes its pin away, if it is there by then. It may have been deleted just before.
  if (await livingMessage(ctx, { channelId, seq })) return added
  await take(ctx, { channelId, seq })
  throw unknownMessage()
}

const toAdded = (row: typeof pins.$inferSelect): Added => ({
  channelId: row.channelId,
  seq: row.seq,
  pinnedBy: row.pinnedBy,
  pinnedAt: row.pinnedAt.getTime(),
})

const take = ({ db, session }: SignedIn, { channelId, seq }: Which): Promise<object> =>
  transact(db, async (tx) => {
    const found = await requirePinner(tx, channelId, session.userId)
    await removePin(tx, channelAudience(found.access, found), { guildId: found.channel.guildId, channelId, seq })
    return {}
  })

export const remove = take

/** The newest first, with what they say now. */
export const list = async (
  { db, store, session }: SignedIn,
  { channelId, cursor, limit }: { channelId: Snowflake; cursor?: string | undefined; limit: number },
): Promise<Listed<Pin>> => {
  const viewed = await requireViewer(db, channelId, session.userId)
  const after = fromCursor(cursor, z.tuple([z.string().regex(/^[0-9]{1,15}$/), z.string().regex(/^[0-9]{1,15}$/)]))
  const rows = await db
    .select()
    .from(pins)
    .where(
      and(
        eq(pins.channelId, channelId),
        after
          ? sql`(${pins.pinnedAt}, ${pins.seq}) < (${new Date(Number(after[0])).toISOString()}::timestamptz, ${after[1]}::bigint)`
          : undefined,
      ),
    )
    .orderBy(desc(pins.pinnedAt), desc(pins.seq))
    .limit(limit + 1)
  const found = await Promise.all(rows.slice(0, limit).map(({ seq }) => store.get(channelId, seq)))
  const messages = new Map(found.flatMap((m) => (m && !m.deleted ? [[m.seq, m] as const] : [])))
  // Deleted while PostgreSQL was away.
  const ghosts = found.flatMap((m) => (m?.deleted ? [m.seq] : []))
  if (ghosts.length > 0)
    await transact(db, async (tx) => {
      const audience = channelAudience(viewed.access, viewed)
      for (const seq of ghosts) await removePin(tx, audience, { guildId: viewed.channel.guildId, channelId, seq })
    })
  const ids = [...messages.values()].map((m) => m.authorId)
  const cards = new Map(
    (await cardsOf(db, [...ids, ...rows.flatMap((row) => row.pinnedBy ?? [])])).map((card) => [card.id, card]),
  )
  const page = toListed(
    rows,
    limit,
    (row) => [String(row.pinnedAt.getTime()), String(row.seq)],
    (row) => ({ row, message: messages.get(row.seq) }),
  )
  return {
    next: page.next,
    items: page.items.flatMap(({ row, message }) => {
      if (!message) return []
      const author = cards.get(message.authorId)
      const pinnedBy = cards.get(row.pinnedBy ?? "")
      return [{ message, ...(author && { author }), ...(pinnedBy && { pinnedBy }), pinnedAt: row.pinnedAt.getTime() }]
    }),
  }
}

/** Which messages of the channel are pinned, for the mark on them: there are never many. */
export const seqs = async (
  { db, session }: SignedIn,
  { channelId }: { channelId: Snowflake },
): Promise<{ seqs: number[] }> => {
  await requireViewer(db, channelId, session.userId)
  const rows = await db.select({ seq: pins.seq }).from(pins).where(eq(pins.channelId, channelId)).orderBy(pins.seq)
  return { seqs: rows.map((row) => row.seq) }
}

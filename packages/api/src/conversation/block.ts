import { AppError, bits, guildRoom, type Listed, Snowflake, type UserCard } from "@hearth/core"
import { addToOutbox, cardColumns, schema, toCard, type Transaction, transact } from "@hearth/db"
import { loadChannel, loadGuilds } from "@hearth/db/access"
import { and, asc, eq, gt, or } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"
import { partFor } from "../friend/pair.ts"
import { fromCursor, toListed } from "../paging.ts"
import { holdPeople } from "./open.ts"
import { tellUpdated } from "./own.ts"

const { blocks, channelOverwrites, conversations, users } = schema

const CLOSED = bits("SEND_MESSAGES", "ADD_REACTIONS")

/**
 * Nobody writes in the conversation of two of whom one blocked the other, whoever that is; it says no more than this. What one
 * did oneself is told to oneself alone.
 */
const follow = async (
  tx: Transaction,
  me: Snowflake,
  pair: readonly [Snowflake, Snowflake],
  quiet: boolean,
): Promise<void> => {
  const [talk] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.lowId, pair[0]), eq(conversations.highId, pair[1])))
  if (!talk) return
  const { id } = talk
  await loadGuilds(tx, [id], "write")
  const rule = { channelId: id, target: "role", targetId: id } as const
  if (quiet)
    await tx
      .insert(channelOverwrites)
      .values({ ...rule, allow: 0n, deny: CLOSED })
      .onConflictDoNothing()
  else await tx.delete(channelOverwrites).where(eq(channelOverwrites.channelId, id))
  const loaded = await loadChannel(tx, id)
  if (loaded) addToOutbox(tx, guildRoom(id), "channel:updated", loaded.channel, { guildId: id, channelId: id })
  await tellUpdated(tx, id, me)
}

/** Ends or allows that somebody writes to one. They are not told. */
export const set = async (
  ctx: SignedIn,
  { userId, blocked }: { userId: Snowflake; blocked: boolean },
): Promise<object> => {
  const { db, session } = ctx
  const me = session.userId
  if (userId === me) throw new AppError("BAD_REQUEST", "One does not block oneself.")
  await takeLimits(ctx, { conversationByAccount: me })
  return transact(db, async (tx) => {
    await holdPeople(tx, [me, userId])
    const pair = BigInt(me) < BigInt(userId) ? ([me, userId] as const) : ([userId, me] as const)
    const mine = and(eq(blocks.userId, me), eq(blocks.blockedId, userId))
    if (blocked) {
      await tx.insert(blocks).values({ userId: me, blockedId: userId }).onConflictDoNothing()
      await partFor(tx, me, userId)
    } else await tx.delete(blocks).where(mine)
    const left = await tx
      .select({ userId: blocks.userId })
      .from(blocks)
      .where(or(mine, and(eq(blocks.userId, userId), eq(blocks.blockedId, me))))
    addToOutbox(tx, "node", "block:changed", { userId: me, blockedId: userId, blocked }, { userId })
    await follow(tx, me, pair, left.length > 0)
    return {}
  })
}

/** Whom one blocked. */
export const list = async (
  { db, session }: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<UserCard>> => {
  const after = fromCursor(cursor, Snowflake.array().length(1))?.[0]
  const rows = await db
    .select(cardColumns)
    .from(blocks)
    .innerJoin(users, eq(users.id, blocks.blockedId))
    .where(and(eq(blocks.userId, session.userId), after === undefined ? undefined : gt(blocks.blockedId, after)))
    .orderBy(asc(blocks.blockedId))
    .limit(limit + 1)
  return toListed(rows, limit, (row) => [row.id], toCard)
}

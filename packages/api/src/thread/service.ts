import { AppError, bits, can, newSnowflake, type OpenedThread, type Snowflake, type Thread } from "@hearth/core"
import { type Queryable, schema, transact } from "@hearth/db"
import { follow } from "@hearth/db/threads"
import { and, eq } from "drizzle-orm"
import { requireViewer, unknownChannel } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { channelHeads, channelOverwrites, channels, readStates, threadFollowers, threads } = schema
export type ThreadRow = typeof threads.$inferSelect

export const toThread = (row: ThreadRow, guildId: Snowflake): Thread => ({
  id: row.id,
  guildId,
  channelId: row.channelId,
  seq: row.seq,
  replies: row.replies,
  lastAt: row.lastAt.getTime(),
})

const threadOn = async (q: Queryable, channelId: Snowflake, seq: number): Promise<ThreadRow | undefined> => {
  const [row] = await q
    .select()
    .from(threads)
    .where(and(eq(threads.channelId, channelId), eq(threads.seq, seq)))
  return row
}

/**
 * The thread on a message; it is made when there is none. Nobody is told of it: it has something to show once somebody wrote in
 * it. The guild's row is held, so that of two who begin one at once the second finds the first one's.
 */
export const start = async (
  ctx: SignedIn,
  { channelId, seq }: { channelId: Snowflake; seq: number },
): Promise<Thread> => {
  const { db, store, session, clock } = ctx
  const { userId } = session
  const viewed = await requireViewer(db, channelId, userId)
  const known = await threadOn(db, channelId, seq)
  if (known) return toThread(known, viewed.channel.guildId)
  if (viewed.parentId !== null) throw new AppError("FORBIDDEN", "A thread has no threads of its own.")
  await takeLimits(ctx, { threadByAccount: userId })
  const message = await store.get(channelId, seq)
  if (!message || message.deleted) throw new AppError("UNKNOWN_MESSAGE", "There is no such message.")
  return transact(db, async (tx) => {
    const { access, channel, overwrites } = await requireViewer(tx, channelId, userId, "write")
    const { guildId } = channel
    const first = await threadOn(tx, channelId, seq)
    if (first) return toThread(first, guildId)
    if (!can(access.rules, access.actor, "SEND_MESSAGES", overwrites))
      throw new AppError("FORBIDDEN", "You may not write in this channel.")
    const id = newSnowflake(clock())
    await tx.insert(channels).values({ id, guildId, parentId: channelId, name: "", position: 0 })
    // Not looked at here: to a process from before threads, which takes it for a channel, it is one that nobody may view.
    await tx
      .insert(channelOverwrites)
      .values({ channelId: id, target: "role", targetId: guildId, allow: 0n, deny: bits("VIEW_CHANNEL") })
    await tx.insert(channelHeads).values({ channelId: id })
    const row: ThreadRow = {
      id,
      channelId,
      seq,
      startedBy: userId,
      replies: 0,
      people: [],
      lastAt: new Date(clock()),
    }
    await tx.insert(threads).values(row)
    await follow(tx, id, [userId])
    return toThread(row, guildId)
  })
}

/** Where a thread hangs, how it stands, and what the reader has read of it. To who may not view its channel it does not exist. */
export const get = async ({ db, session }: SignedIn, { threadId }: { threadId: Snowflake }): Promise<OpenedThread> => {
  const { channel } = await requireViewer(db, threadId, session.userId)
  const isRead = and(eq(readStates.channelId, threads.id), eq(readStates.userId, session.userId))
  const isFollowed = and(eq(threadFollowers.threadId, threads.id), eq(threadFollowers.userId, session.userId))
  const [row] = await db
    .select({ thread: threads, lastReadSeq: readStates.lastReadSeq, muted: threadFollowers.muted })
    .from(threads)
    .leftJoin(readStates, isRead)
    .leftJoin(threadFollowers, isFollowed)
    .where(eq(threads.id, threadId))
  if (!row) throw unknownChannel()
  const { thread, lastReadSeq, muted } = row
  const mine = { lastReadSeq: lastReadSeq ?? 0, following: muted !== null, muted: muted ?? false }
  return { ...toThread(thread, channel.guildId), ...mine }
}

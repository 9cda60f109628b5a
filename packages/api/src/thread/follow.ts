import { type Snowflake, type ThreadFollowing, userRoom } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { and, eq } from "drizzle-orm"
import { requireViewer, unknownChannel } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { threadFollowers, threads } = schema

/** Whether one hears of a thread. Who stops hearing of it has nothing unread in it: all of their devices are told. */
export const set = async (
  ctx: SignedIn,
  { threadId, following, muted }: { threadId: Snowflake; following: boolean; muted: boolean },
): Promise<ThreadFollowing> => {
  const { db, session } = ctx
  const { userId } = session
  await takeLimits(ctx, { threadByAccount: userId })
  return transact(db, async (tx) => {
    // Held, so that nothing stays behind of who is leaving now.
    const { channel } = await requireViewer(tx, threadId, userId, "share")
    const [thread] = await tx.select({ id: threads.id }).from(threads).where(eq(threads.id, threadId))
    if (!thread) throw unknownChannel()
    const isMine = and(eq(threadFollowers.userId, userId), eq(threadFollowers.threadId, threadId))
    // What they were told before counts no more: what is written from here on is news.
    if (following)
      await tx
        .insert(threadFollowers)
        .values({ userId, threadId, muted })
        .onConflictDoUpdate({ target: [threadFollowers.userId, threadFollowers.threadId], set: { muted, told: 0 } })
    else await tx.delete(threadFollowers).where(isMine)
    if (!following || muted)
      addToOutbox(tx, userRoom(userId), "thread:left", { id: threadId }, { guildId: channel.guildId, userId })
    return { following, muted: following && muted }
  })
}

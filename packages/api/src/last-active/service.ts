import {
  type LastActive,
  type LastActiveRequest,
  type LastActiveRules,
  type LastActives,
  type LastActivesRequest,
  userRoom,
} from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { eq, sql } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { lastActive } = schema

export const rules = async ({ db, session }: SignedIn): Promise<LastActiveRules> => {
  const [row] = await db.select().from(lastActive).where(eq(lastActive.userId, session.userId))
  return { shown: row !== undefined }
}

/** Who shows it no more leaves nothing behind. */
export const setRules = async (ctx: SignedIn, { shown }: LastActiveRules): Promise<LastActiveRules> => {
  const { db, session } = ctx
  const { userId } = session
  await takeLimits(ctx, { statusByAccount: userId })
  await transact(db, async (tx) => {
    if (shown) await tx.insert(lastActive).values({ userId }).onConflictDoNothing()
    else await tx.delete(lastActive).where(eq(lastActive.userId, userId))
    addToOutbox(tx, userRoom(userId), "rules:updated", { lastActive: shown }, { userId })
  })
  return { shown }
}

/** Anybody begins a conversation alone: both have written among so many messages. */
const LATELY = 200

/**
 * When some people were last active, of those who show it as the reader does, and are friends of theirs, or write to them and share
 * a server: it never tells more than presence did. Whatever is missing, they are missing in the answer.
 */
export const ofMany = async (ctx: SignedIn, { userIds }: LastActivesRequest): Promise<LastActives> => {
  const { db, session } = ctx
  const me = session.userId
  await takeLimits(ctx, { lastActiveByAccount: me })
  const { rows } = await db.execute<{ userId: string; agoMs: number }>(sql`
    select theirs.user_id::text as "userId", (60000 * greatest(0, floor(extract(epoch from now() - theirs.at) / 60)))::float8 as "agoMs"
    from last_active mine join last_active theirs on theirs.user_id = any(${`{${userIds.join()}}`}::bigint[])
    where mine.user_id = ${me}::bigint and mine.user_id <> theirs.user_id and theirs.at is not null
      and not exists (select from blocks b where (b.user_id, b.blocked_id) in ((mine.user_id, theirs.user_id), (theirs.user_id, mine.user_id)))
      and (exists (select from friendships f
          where f.low_id = least(mine.user_id, theirs.user_id) and f.high_id = greatest(mine.user_id, theirs.user_id))
        or exists (select from conversations c
            join conversation_members a on a.conversation_id = c.id and a.user_id = mine.user_id and a.request = 'accepted'
            join conversation_members b on b.conversation_id = c.id and b.user_id = theirs.user_id and b.request = 'accepted'
            where c.low_id = least(mine.user_id, theirs.user_id) and c.high_id = greatest(mine.user_id, theirs.user_id)
              and (select count(distinct w.author_id) from (select author_id from mentions
                where target_id = c.id and channel_id = c.id order by seq desc limit ${LATELY}) w) = 2)
          and exists (select from members m join members o on o.guild_id = m.guild_id
            where m.user_id = mine.user_id and o.user_id = theirs.user_id
              and not exists (select from conversations k where k.id = o.guild_id)))`)
  return { agoMs: Object.fromEntries(rows.map((row) => [row.userId, row.agoMs])) }
}

/** The same of one of them. */
export const of = async (ctx: SignedIn, { userId }: LastActiveRequest): Promise<LastActive> => {
  const { agoMs } = await ofMany(ctx, { userIds: [userId] })
  return { agoMs: agoMs[userId] ?? null }
}

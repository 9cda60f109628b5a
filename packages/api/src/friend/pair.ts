import { AppError, MAX_FRIENDS, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, type Queryable, schema, type Transaction } from "@hearth/db"
import { and, count, eq, or, sql } from "drizzle-orm"
import { letIn } from "../conversation/let-in.ts"
import { cardsOf } from "../user/service.ts"

const { blocks, friendRequests, friendships } = schema

export const pairOf = (a: Snowflake, b: Snowflake): { lowId: Snowflake; highId: Snowflake } =>
  BigInt(a) < BigInt(b) ? { lowId: a, highId: b } : { lowId: b, highId: a }

const isPair = (a: Snowflake, b: Snowflake) => {
  const { lowId, highId } = pairOf(a, b)
  return and(eq(friendships.lowId, lowId), eq(friendships.highId, highId))
}

export const areFriends = async (q: Queryable, a: Snowflake, b: Snowflake): Promise<boolean> =>
  (await q.select({ id: friendships.lowId }).from(friendships).where(isPair(a, b))).length > 0

/** Which of the two blocked the other. */
export const blockersAmong = async (q: Queryable, a: Snowflake, b: Snowflake): Promise<Set<Snowflake>> => {
  const rows = await q
    .select({ id: blocks.userId })
    .from(blocks)
    .where(or(and(eq(blocks.userId, a), eq(blocks.blockedId, b)), and(eq(blocks.userId, b), eq(blocks.blockedId, a))))
  return new Set(rows.map((row) => row.id))
}

/** The ids of somebody's friends, the lowest first. */
export const friendsOf = async (q: Queryable, userId: Snowflake): Promise<Snowflake[]> => {
  const { rows } = await q.execute<{ id: Snowflake }>(sql`
    select f.id::text as id from (
      select high_id as id from friendships where low_id = ${userId}::bigint
      union all select low_id from friendships where high_id = ${userId}::bigint) f
    order by f.id limit ${MAX_FRIENDS}`)
  return rows.map((row) => row.id)
}

/** How many ask somebody and wait for an answer. */
export const askedOf = async (q: Queryable, userId: Snowflake): Promise<number> => {
  const [row] = await q
    .select({ n: count() })
    .from(friendRequests)
    .where(and(eq(friendRequests.toId, userId), eq(friendRequests.state, "pending")))
  return row?.n ?? 0
}

/** To somebody whose requests changed, in or out. */
export const tellAsked = async (tx: Transaction, userId: Snowflake): Promise<void> => {
  addToOutbox(tx, userRoom(userId), "friend:asked", { asked: await askedOf(tx, userId) }, { userId })
}

/** Makes two people friends, whose rows are held; what they asked of each other is answered by it. */
export const befriend = async (tx: Transaction, me: Snowflake, other: Snowflake): Promise<void> => {
  for (const id of [me, other])
    if ((await friendsOf(tx, id)).length >= MAX_FRIENDS)
      throw new AppError("TOO_MANY", `One has at most ${MAX_FRIENDS} friends.`)
  await tx.insert(friendships).values(pairOf(me, other)).onConflictDoNothing()
  await tx
    .delete(friendRequests)
    .where(
      or(
        and(eq(friendRequests.fromId, me), eq(friendRequests.toId, other)),
        and(eq(friendRequests.fromId, other), eq(friendRequests.toId, me)),
      ),
    )
  await letIn(tx, me, other)
  for (const user of await cardsOf(tx, [me, other])) {
    const userId = user.id === me ? other : me
    addToOutbox(tx, userRoom(userId), "friend:added", { user, asked: await askedOf(tx, userId) }, { userId })
  }
}

/** Ends a friendship, for both. */
export const part = async (tx: Transaction, me: Snowflake, other: Snowflake): Promise<void> => {
  const gone = await tx.delete(friendships).where(isPair(me, other)).returning({ id: friendships.lowId })
  if (gone.length === 0) return
  addToOutbox(tx, userRoom(me), "friend:removed", { userId: other }, { userId: me })
  addToOutbox(tx, userRoom(other), "friend:removed", { userId: me }, { userId: other })
}

/** What a block ends: friendship, one's own requests, and those of the other, who goes on seeing them wait. */
export const partFor = async (tx: Transaction, me: Snowflake, blocked: Snowflake): Promise<void> => {
  await part(tx, me, blocked)
  const mine = await tx
    .delete(friendRequests)
    .where(and(eq(friendRequests.fromId, me), eq(friendRequests.toId, blocked)))
    .returning({ state: friendRequests.state })
  const theirs = await tx
    .update(friendRequests)
    .set({ state: "silent" })
    .where(and(eq(friendRequests.fromId, blocked), eq(friendRequests.toId, me), eq(friendRequests.state, "pending")))
    .returning({ id: friendRequests.id })
  if (mine.length + theirs.length > 0) await tellAsked(tx, me)
  if (mine.some((row) => row.state === "pending")) await tellAsked(tx, blocked)
}

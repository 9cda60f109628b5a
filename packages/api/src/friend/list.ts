import { snowflakeTime, type FriendAsk, type FriendState, type Listed, Snowflake, type UserCard } from "@hearth/core"
import { type CardRow, cardColumns, schema, toCard } from "@hearth/db"
import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { fromCursor, toListed } from "../paging.ts"
import { areFriends, friendsOf } from "./pair.ts"

const { friendRequests, users } = schema
interface Page {
  cursor?: string | undefined
  limit: number
}

/** Friends, by name. */
export const list = async ({ db, session }: SignedIn, { cursor, limit }: Page): Promise<Listed<UserCard>> => {
  const after = fromCursor(cursor, z.tuple([z.string(), Snowflake]))
  const name = sql<string>`lower(${users.displayName})`
  const ids = await friendsOf(db, session.userId)
  const rows: (CardRow & { name: string })[] = await db
    .select({ ...cardColumns, name })
    .from(users)
    .where(
      and(inArray(users.id, ids), after ? sql`(${name}, ${users.id}) > (${after[0]}, ${after[1]}::bigint)` : undefined),
    )
    .orderBy(name, asc(users.id))
    .limit(limit + 1)
  return toListed(rows, limit, (row) => [row.name, row.id], toCard)
}

/** What waits: requests to one, the oldest first, or one's own, the newest first. */
export const requests = async (
  { db, session }: SignedIn,
  { way, cursor, limit }: Page & { way: "in" | "out" },
): Promise<Listed<FriendAsk>> => {
  const at = fromCursor(cursor, z.tuple([Snowflake]))?.[0]
  const me = session.userId
  const { id } = friendRequests
  const rows = await db
    .select({ id, code: friendRequests.code, user: cardColumns })
    .from(friendRequests)
    .leftJoin(users, eq(users.id, way === "in" ? friendRequests.fromId : friendRequests.toId))
    .where(
      way === "in"
        ? and(eq(friendRequests.toId, me), eq(friendRequests.state, "pending"), at ? gt(id, at) : undefined)
        : and(eq(friendRequests.fromId, me), eq(friendRequests.withdrawn, false), at ? lt(id, at) : undefined),
    )
    .orderBy(way === "in" ? asc(id) : desc(id))
    .limit(limit + 1)
  return toListed(
    rows,
    limit,
    (row) => [row.id],
    (row) => ({
      id: row.id,
      at: snowflakeTime(row.id),
      ...(way === "out" && row.code !== null ? { code: row.code } : row.user && { user: toCard(row.user) }),
    }),
  )
}

/** What somebody is to one. Of who does not exist, or does not tell, it is nothing. */
export const state = async ({ db, session }: SignedIn, { userId }: { userId: Snowflake }): Promise<FriendState> => {
  const me = session.userId
  if (await areFriends(db, me, userId)) return { state: "friends" }
  const [asking] = await db
    .select({ id: friendRequests.id })
    .from(friendRequests)
    .where(and(eq(friendRequests.fromId, userId), eq(friendRequests.toId, me), eq(friendRequests.state, "pending")))
  if (asking) return { state: "asking" }
  // What was asked by a code says nothing of whose it is.
  const [asked] = await db
    .select({ id: friendRequests.id })
    .from(friendRequests)
    .where(
      and(
        eq(friendRequests.fromId, me),
        eq(friendRequests.toId, userId),
        isNull(friendRequests.code),
        eq(friendRequests.withdrawn, false),
      ),
    )
  return { state: asked ? "asked" : "none" }
}

import { randomUUID } from "node:crypto"
import { AppError, type Listed, type SessionInfo, type Snowflake } from "@hearth/core"
import { cardColumns, schema, toCard, transact } from "@hearth/db"
import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm"
import { z } from "zod"
import type { Deps, Session, SignedIn } from "../context.ts"
import { atMicros, fromCursor, Micros, microsOf, toListed } from "../paging.ts"
import { endSessions } from "./end.ts"

const { sessions, users } = schema

const DAY = 86_400_000
/** A sign-in ends after this long, used or not … */
export const SESSION_LIFE_MS = 90 * DAY
/** … and after this long without a request. */
export const SESSION_IDLE_MS = 30 * DAY
const SEEN_EVERY_MS = 60_000

/** Opens a session for a user whose password was just checked. Its id is 122 random bits. */
export const openSession = async (
  { db, clock }: Pick<Deps, "db" | "clock">,
  { userId, address, userAgent }: { userId: Snowflake; address: string; userAgent: string },
): Promise<string> => {
  const now = clock()
  const id = randomUUID()
  await db.insert(sessions).values({
    id,
    userId,
    address: address.slice(0, 100),
    userAgent: userAgent.slice(0, 300),
    createdAt: new Date(now),
    lastSeenAt: new Date(now),
    expiresAt: new Date(now + SESSION_LIFE_MS),
  })
  // What is dead anyway goes when its owner comes again: no sweeper for a handful of rows.
  await db.delete(sessions).where(and(eq(sessions.userId, userId), lt(sessions.expiresAt, new Date(now))))
  return id
}

const alive = (now: number) =>
  and(gt(sessions.expiresAt, new Date(now)), gt(sessions.lastSeenAt, new Date(now - SESSION_IDLE_MS)))

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The living session with this id, read from its table, or null. Notes that it was seen, at most once a minute. */
export const findSession = async (
  { db, clock }: Pick<Deps, "db" | "clock">,
  sessionId: string,
): Promise<Session | null> => {
  if (!uuid.test(sessionId)) return null
  const now = clock()
  const [row] = await db
    .select({
      lastSeenAt: sessions.lastSeenAt,
      card: cardColumns,
      own: { email: users.email, isInstanceAdmin: users.isInstanceAdmin },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), alive(now), isNull(users.disabledAt)))
  if (!row) return null
  if (row.lastSeenAt.getTime() <= now - SEEN_EVERY_MS)
    await db
      .update(sessions)
      .set({ lastSeenAt: new Date(now) })
      .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, new Date(now))))
  return { sessionId, userId: row.card.id, me: { ...toCard(row.card), ...row.own } }
}

/** One's living sessions, the newest first. */
export const list = async (
  { db, session, clock }: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<SessionInfo>> => {
  const after = fromCursor(cursor, z.tuple([Micros, z.uuid()]))
  const rows = await db
    .select({ row: sessions, key: microsOf(sessions.createdAt) })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, session.userId),
        alive(clock()),
        after ? sql`(${sessions.createdAt}, ${sessions.id}) < (${atMicros(after[0])}, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(limit + 1)
  return toListed(
    rows,
    limit,
    ({ key, row }) => [key, row.id],
    ({ row }) => ({
      id: row.id,
      current: row.id === session.sessionId,
      createdAt: row.createdAt.getTime(),
      lastSeenAt: row.lastSeenAt.getTime(),
      userAgent: row.userAgent,
      address: row.address,
    }),
  )
}

/** Ends one of one's own sessions. Another's is unknown. */
export const revoke = async ({ db, session }: SignedIn, { sessionId }: { sessionId: string }): Promise<object> => {
  const ended = await transact(db, (tx) => endSessions(tx, session.userId, { only: sessionId }))
  if (ended === 0) throw new AppError("UNKNOWN_SESSION", "That session has ended already.")
  return {}
}

export const revokeOthers = async ({ db, session }: SignedIn): Promise<{ ended: number }> => ({
  ended: await transact(db, (tx) => endSessions(tx, session.userId, { except: session.sessionId })),
})

/** Signing out: ends the session that asks, whether it still lives or not. */
export const signOut = async (
  { db }: Pick<Deps, "db">,
  of: { userId: Snowflake; sessionId: string },
): Promise<void> => {
  if (uuid.test(of.sessionId)) await transact(db, (tx) => endSessions(tx, of.userId, { only: of.sessionId }))
}

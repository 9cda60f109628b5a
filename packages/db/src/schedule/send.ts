import { type Snowflake, userRoom } from "@hearth/core"
import { eq, sql } from "drizzle-orm"
import type { Database, Queryable } from "../client.ts"
import { holdUser } from "../later/index.ts"
import { addToOutbox, transact } from "../outbox.ts"
import { scheduledMessages } from "../schema/index.ts"

type Row = typeof scheduledMessages.$inferSelect

/** For so long what a node claimed is its alone: then it may have died, and another tries. */
export const LEASE_MS = 10_000

interface Claimed {
  id: Snowflake
  userId: Snowflake
  /** Which of its claims this one is: none that came later has the same. */
  tries: number
}

/** A message that is being tried. */
export type Due = Row & { begunAt: Date }

/** `later`: nobody knows yet. `isIn` says whether it may be in the log. */
export type Outcome =
  | { kind: "sent" }
  | { kind: "failed"; code: string }
  | { kind: "later"; inMs: number; isIn: "maybe" | "no" }

/** How many of a person's messages could not be sent. */
export const unsentOf = async (q: Queryable, userId: Snowflake): Promise<number> => {
  const { rows } = await q.execute<{ unsent: number }>(sql`
    select count(*)::int as unsent from scheduled_messages where user_id = ${userId}::bigint and failed is not null`)
  return rows[0]?.unsent ?? 0
}

/**
 * Marks what has waited longest as perhaps sent, and commits that before anybody tries: from here on its author cannot change it,
 * so whoever tries after a crash sends the same words under the same nonce. What another node has claimed, or is sending, is passed
 * over, and what cannot be tried holds up nothing that waits behind it.
 */
export const claimNext = async (db: Database, now: number): Promise<Claimed | null> => {
  const [at, until] = [new Date(now).toISOString(), new Date(now + LEASE_MS).toISOString()]
  const { rows } = await db.execute<Claimed & Record<string, unknown>>(sql`
    update scheduled_messages
    set begun_at = coalesce(begun_at, ${at}::timestamptz), tries = tries + 1, try_at = ${until}::timestamptz where id in (
      select id from scheduled_messages where try_at <= ${at}::timestamptz
      order by try_at, id limit 1 for update skip locked)
    returning id::text as id, user_id::text as "userId", tries`)
  return rows[0] ?? null
}

/**
 * Tries a claimed message while its row is held, and writes what became of it. A crash in between leaves it claimed: the next
 * try, on whatever node, finds by the nonce whether it is in the log. False: another node has claimed it since, or it is done.
 */
export const settle = (
  db: Database,
  { id, tries }: Pick<Claimed, "id" | "tries">,
  now: () => number,
  attempt: (due: Due) => Promise<Outcome>,
): Promise<boolean> =>
  transact(db, async (tx) => {
    const [row] = await tx
      .select()
      .from(scheduledMessages)
      .where(eq(scheduledMessages.id, id))
      .for("update", { skipLocked: true })
    if (!row?.tryAt || !row.begunAt || row.tries !== tries) return false
    const { userId, channelId, begunAt } = row
    const outcome = await attempt({ ...row, begunAt })
    const mine = eq(scheduledMessages.id, id)
    if (outcome.kind === "later") {
      const tryAt = new Date(now() + outcome.inMs)
      await tx
        .update(scheduledMessages)
        .set({ tryAt, ...(outcome.isIn === "no" && { begunAt: null, tries: 0 }) })
        .where(mine)
      return true
    }
    // After the row, as everywhere: who holds both holds the row first.
    await holdUser(tx, userId)
    if (outcome.kind === "sent") await tx.delete(scheduledMessages).where(mine)
    else
      await tx.update(scheduledMessages).set({ tryAt: null, begunAt: null, tries: 0, failed: outcome.code }).where(mine)
    const unsent = await unsentOf(tx, userId)
    const told = { scheduledId: id, channelId, state: outcome.kind, unsent }
    addToOutbox(tx, userRoom(userId), "schedule:changed", told, { userId })
    return true
  })

import { AppError, can, MAX_SCHEDULED, newSnowflake, type Scheduled, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, type Transaction, transact } from "@hearth/db"
import { holdUser } from "@hearth/db/later"
import { type Bodies, scheduledPlace } from "@hearth/db/message-store"
import { unsentOf } from "@hearth/db/schedule"
import { and, count, eq } from "drizzle-orm"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { scheduledMessages } = schema
export type ScheduledRow = typeof scheduledMessages.$inferSelect
interface Which {
  scheduledId: Snowflake
}

/** A text whose key is gone is nobody's to read; the rest of the list is. */
const read = (bodies: Bodies, row: ScheduledRow): Pick<Scheduled, "content" | "failed"> => {
  try {
    return { content: bodies.open(row.body, scheduledPlace(row.userId, row.id)), failed: row.failed }
  } catch (error) {
    if (error instanceof AppError) return { content: "", failed: error.code }
    throw error
  }
}

export const toScheduled = (bodies: Bodies, row: ScheduledRow): Scheduled => ({
  id: row.id,
  channelId: row.channelId,
  version: row.version,
  replyTo: row.replyTo,
  sendAt: row.sendAt.getTime(),
  sending: row.begunAt !== null,
  ...read(bodies, row),
})

const tell = async (
  tx: Transaction,
  { id, userId, channelId }: ScheduledRow,
  state: "waiting" | "cancelled",
): Promise<void> => {
  const unsent = await unsentOf(tx, userId)
  addToOutbox(tx, userRoom(userId), "schedule:changed", { scheduledId: id, channelId, state, unsent }, { userId })
}

/** Who may not write there now is told so now; what holds when it is sent is asked then. */
export const create = async (
  ctx: SignedIn,
  input: { channelId: Snowflake; key: string; content: string; replyTo?: number | undefined; sendAt: number },
): Promise<Scheduled> => {
  const { db, session, bodies, clock } = ctx
  const { userId } = session
  const { channelId, key, content, replyTo = null } = input
  await takeLimits(ctx, { scheduleByAccount: userId })
  const { access, overwrites } = await requireViewer(db, channelId, userId)
  if (!can(access.rules, access.actor, "SEND_MESSAGES", overwrites))
    throw new AppError("FORBIDDEN", "You may not do that in this channel.")
  return transact(db, async (tx) => {
    await holdUser(tx, userId)
    const same = and(eq(scheduledMessages.userId, userId), eq(scheduledMessages.key, key))
    const [known] = await tx.select().from(scheduledMessages).where(same)
    if (known) return toScheduled(bodies, known)
    const [all] = await tx.select({ n: count() }).from(scheduledMessages).where(eq(scheduledMessages.userId, userId))
    if ((all?.n ?? 0) >= MAX_SCHEDULED)
      throw new AppError("TOO_MANY", "Very many of your messages wait for their time. Send some of them first.")
    const id = newSnowflake(clock())
    const sendAt = new Date(input.sendAt)
    const body = bodies.seal(content, scheduledPlace(userId, id))
    const [row] = await tx
      .insert(scheduledMessages)
      .values({ id, userId, channelId, key, body, replyTo, sendAt, tryAt: sendAt })
      .returning()
    if (!row) throw new Error("an insert answered no row")
    await tell(tx, row, "waiting")
    return toScheduled(bodies, row)
  })
}

/**
 * One's own message, held: first its row, then the user's, as who sends it does. What is on its way is no one's to change: it may
 * be in the log.
 */
const hold = async (tx: Transaction, userId: Snowflake, { scheduledId }: Which): Promise<ScheduledRow | null> => {
  const [row] = await tx
    .select()
    .from(scheduledMessages)
    .where(and(eq(scheduledMessages.id, scheduledId), eq(scheduledMessages.userId, userId)))
    .for("update")
  await holdUser(tx, userId)
  if (row?.begunAt) throw new AppError("CONFLICT", "The message is just being sent.")
  return row ?? null
}

/** Whatever is changed of it, it waits again: also what could not be sent. */
const change = async (
  ctx: SignedIn,
  which: Which & { version: number },
  set: (row: ScheduledRow) => { body?: Buffer; sendAt?: Date },
): Promise<Scheduled> => {
  const { userId } = ctx.session
  await takeLimits(ctx, { scheduleByAccount: userId })
  return transact(ctx.db, async (tx) => {
    const before = await hold(tx, userId, which)
    if (!before) throw new AppError("UNKNOWN_MESSAGE", "There is no such message.")
    if (before.version !== which.version)
      throw new AppError("CONFLICT", "The message was changed in the meantime. Please look at it again.")
    const changed = { sendAt: before.sendAt, ...set(before) }
    const [row] = await tx
      .update(scheduledMessages)
      .set({ ...changed, tryAt: changed.sendAt, failed: null, version: before.version + 1 })
      .where(eq(scheduledMessages.id, before.id))
      .returning()
    if (!row) throw new Error("a row that is held was not there")
    await tell(tx, row, "waiting")
    return toScheduled(ctx.bodies, row)
  })
}

export const update = (
  ctx: SignedIn,
  { content, sendAt, ...which }: Which & { version: number; content?: string | undefined; sendAt?: number | undefined },
): Promise<Scheduled> =>
  change(ctx, which, ({ id, userId }) => ({
    ...(content !== undefined && { body: ctx.bodies.seal(content, scheduledPlace(userId, id)) }),
    ...(sendAt !== undefined && { sendAt: new Date(sendAt) }),
  }))

/** The next round of a gateway's timers sends it, as it sends everything. */
export const sendNow = (ctx: SignedIn, which: Which & { version: number }): Promise<Scheduled> =>
  change(ctx, which, () => ({ sendAt: new Date(ctx.clock()) }))

/** Nothing there: it is cancelled already, or sent. */
export const cancel = async (ctx: SignedIn, which: Which): Promise<{ cancelled: boolean }> => {
  const { userId } = ctx.session
  await takeLimits(ctx, { scheduleByAccount: userId })
  return transact(ctx.db, async (tx) => {
    const row = await hold(tx, userId, which)
    if (!row) return { cancelled: false }
    await tx.delete(scheduledMessages).where(eq(scheduledMessages.id, row.id))
    await tell(tx, row, "cancelled")
    return { cancelled: true }
  })
}

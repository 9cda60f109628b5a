import { AppError, MAX_SAVED, type Saved, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, type Transaction, transact } from "@hearth/db"
import { dueOf, holdUser } from "@hearth/db/later"
import { and, asc, count, eq, isNotNull } from "drizzle-orm"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { savedMessages } = schema
export type SavedRow = typeof savedMessages.$inferSelect
interface Which {
  channelId: Snowflake
  seq: number
}

const unknownMessage = () => new AppError("UNKNOWN_MESSAGE", "There is no such message.")
const isRow = (userId: Snowflake, { channelId, seq }: Which) =>
  and(eq(savedMessages.userId, userId), eq(savedMessages.channelId, channelId), eq(savedMessages.seq, seq))

export const toSaved = (row: SavedRow): Saved => ({
  channelId: row.channelId,
  seq: row.seq,
  savedAt: row.savedAt.getTime(),
  remindAt: row.remindAt?.getTime() ?? null,
  rangAt: row.rangAt?.getTime() ?? null,
  doneAt: row.doneAt?.getTime() ?? null,
})

/** Everything that somebody does here is told to all of their devices, with what is due after it. */
const change = async <T>(ctx: SignedIn, which: Which, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  const { userId } = ctx.session
  await takeLimits(ctx, { laterByAccount: userId })
  return transact(ctx.db, async (tx) => {
    await holdUser(tx, userId)
    const result = await work(tx)
    const { channelId, seq } = which
    const due = await dueOf(tx, userId)
    addToOutbox(tx, userRoom(userId), "later:changed", { channelId, seq, due }, { userId })
    return result
  })
}

/** What was done longest ago makes way; who has as many that wait puts one away first. */
const makeRoom = async (tx: Transaction, userId: Snowflake): Promise<void> => {
  const [all] = await tx.select({ n: count() }).from(savedMessages).where(eq(savedMessages.userId, userId))
  if ((all?.n ?? 0) < MAX_SAVED) return
  const [oldest] = await tx
    .select()
    .from(savedMessages)
    .where(and(eq(savedMessages.userId, userId), isNotNull(savedMessages.doneAt)))
    .orderBy(asc(savedMessages.doneAt))
    .limit(1)
  if (!oldest) throw new AppError("TOO_MANY", "You have saved very many messages. Mark some of them as done first.")
  await tx.delete(savedMessages).where(isRow(userId, oldest))
}

/** Saves a message, or saves it anew: what was done waits again. Left out, a reminder that is set stays. */
export const save = async (
  ctx: SignedIn,
  { channelId, seq, remindAt }: Which & { remindAt?: number | null | undefined },
): Promise<Saved> => {
  const { db, store, session, clock } = ctx
  const { userId } = session
  await requireViewer(db, channelId, userId)
  const message = await store.get(channelId, seq)
  if (!message || message.deleted) throw unknownMessage()
  return change(ctx, { channelId, seq }, async (tx) => {
    const [known] = await tx.select().from(savedMessages).where(isRow(userId, { channelId, seq }))
    const reminder =
      remindAt === undefined ? {} : { remindAt: remindAt === null ? null : new Date(remindAt), rangAt: null }
    if (known) {
      const set = { ...reminder, doneAt: null, ...(known.doneAt && { savedAt: new Date(clock()) }) }
      const [row] = await tx.update(savedMessages).set(set).where(isRow(userId, known)).returning()
      if (row) return toSaved(row)
    }
    await makeRoom(tx, userId)
    const row = {
      userId,
      channelId,
      seq,
      savedAt: new Date(clock()),
      remindAt: null,
      rangAt: null,
      doneAt: null,
      ...reminder,
    }
    await tx.insert(savedMessages).values(row)
    return toSaved(row)
  })
}

/** What is done rings no more. One's own list: it asks nobody whether the message is still there. */
export const done = (ctx: SignedIn, { channelId, seq, done: isDone }: Which & { done: boolean }): Promise<Saved> =>
  change(ctx, { channelId, seq }, async (tx) => {
    const set = isDone ? { doneAt: new Date(ctx.clock()), remindAt: null, rangAt: null } : { doneAt: null }
    const [row] = await tx
      .update(savedMessages)
      .set(set)
      .where(isRow(ctx.session.userId, { channelId, seq }))
      .returning()
    if (!row) throw unknownMessage()
    return toSaved(row)
  })

export const remove = (ctx: SignedIn, which: Which): Promise<object> =>
  change(ctx, which, async (tx) => {
    await tx.delete(savedMessages).where(isRow(ctx.session.userId, which))
    return {}
  })

/** What one keeps of a message; null: nothing. */
export const get = async ({ db, session }: SignedIn, which: Which): Promise<{ saved: Saved | null }> => {
  const [row] = await db.select().from(savedMessages).where(isRow(session.userId, which))
  return { saved: row ? toSaved(row) : null }
}

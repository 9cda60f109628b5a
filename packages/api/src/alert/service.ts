import { type Alert, anchorOf, AppError, fold, type Listed, MAX_ALERTS, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, type Transaction, transact } from "@hearth/db"
import { holdUser } from "@hearth/db/later"
import { and, asc, count, eq, gt } from "drizzle-orm"
import { z } from "zod"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"
import { fromCursor, toListed } from "../paging.ts"

const { alerts } = schema
type Row = typeof alerts.$inferSelect

const toAlert = ({ word, since }: Row): Alert => ({ word, since: since.getTime() })
const countOf = async (tx: Transaction, userId: Snowflake): Promise<number> => {
  const [all] = await tx.select({ n: count() }).from(alerts).where(eq(alerts.userId, userId))
  return all?.n ?? 0
}

/** One change of a person's words after the other. Nodes and the person's devices hear that they changed, and not what they are. */
const change = async <T>(ctx: SignedIn, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  const { userId } = ctx.session
  await takeLimits(ctx, { alertByAccount: userId })
  return transact(ctx.db, async (tx) => {
    await holdUser(tx, userId)
    const result = await work(tx)
    addToOutbox(tx, userRoom(userId), "alerts:changed", { count: await countOf(tx, userId) }, { userId })
    return result
  })
}

/** A word that differs in case or accents alone is the same, and stays as it was. */
export const add = (ctx: SignedIn, { word }: { word: string }): Promise<Alert> => {
  const { userId } = ctx.session
  const folded = fold(word)
  return change(ctx, async (tx) => {
    const [known] = await tx
      .select()
      .from(alerts)
      .where(and(eq(alerts.userId, userId), eq(alerts.folded, folded)))
    if (known) return toAlert(known)
    if ((await countOf(tx, userId)) >= MAX_ALERTS)
      throw new AppError("TOO_MANY", `You have ${MAX_ALERTS} keywords. Remove one first.`)
    const row = { userId, folded, word, anchor: anchorOf(word) ?? "", since: new Date(ctx.clock()) }
    await tx.insert(alerts).values(row)
    return toAlert(row)
  })
}

export const remove = (ctx: SignedIn, { word }: { word: string }): Promise<object> =>
  change(ctx, async (tx) => {
    await tx.delete(alerts).where(and(eq(alerts.userId, ctx.session.userId), eq(alerts.folded, fold(word))))
    return {}
  })

/** By their letters. */
export const list = async (
  { db, session }: SignedIn,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<Alert>> => {
  const [after] = fromCursor(cursor, z.tuple([z.string().max(400)])) ?? []
  const rows = await db
    .select()
    .from(alerts)
    .where(and(eq(alerts.userId, session.userId), after === undefined ? undefined : gt(alerts.folded, after)))
    .orderBy(asc(alerts.folded))
    .limit(limit + 1)
  return toListed(rows, limit, (row) => [row.folded], toAlert)
}

import { type Listed, type PersonReceipt, type ReceiptRules, type Snowflake, userRoom } from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { loadReceipts } from "@hearth/db/receipts"
import { and, eq } from "drizzle-orm"
import { unknownChannel } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"

const { conversationMembers, receiptRules } = schema

/** How far the others have a conversation. A group has so few people that they are one page. */
export const list = async (
  { db, session }: SignedIn,
  { conversationId }: { conversationId: Snowflake },
): Promise<Listed<PersonReceipt>> => {
  const { userId } = session
  const [own] = await db
    .select({ id: conversationMembers.conversationId })
    .from(conversationMembers)
    .where(and(eq(conversationMembers.conversationId, conversationId), eq(conversationMembers.userId, userId)))
  if (!own) throw unknownChannel()
  return { items: await loadReceipts(db, userId, conversationId), next: null }
}

export const rules = async ({ db, session }: SignedIn): Promise<ReceiptRules> => {
  const [row] = await db.select().from(receiptRules).where(eq(receiptRules.userId, session.userId))
  return { shown: row?.shown ?? true }
}

/** Marks stand still while nothing is told: what was read meanwhile is told by the next that is read, if at all. */
export const setRules = async (ctx: SignedIn, { shown }: ReceiptRules): Promise<ReceiptRules> => {
  const { db, session } = ctx
  const { userId } = session
  await takeLimits(ctx, { statusByAccount: userId })
  await transact(db, async (tx) => {
    await tx
      .insert(receiptRules)
      .values({ userId, shown })
      .onConflictDoUpdate({ target: receiptRules.userId, set: { shown } })
    addToOutbox(tx, userRoom(userId), "rules:updated", { receipts: shown }, { userId })
  })
  return { shown }
}

import { AppError, type Snowflake, userRoom, type WritingRules } from "@hearth/core"
import { addToOutbox, schema, type Transaction, transact } from "@hearth/db"
import { loadConversations, type OwnConversation, toConversation } from "@hearth/db/conversations"
import { loadGuilds } from "@hearth/db/access"
import { and, eq, ne } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { unknownChannel } from "../access.ts"
import { takeLimits } from "../limits.ts"
import { tellAdded } from "./open.ts"

const { conversationMembers, writingRules } = schema

/** A conversation that one is in, held: one change of it after the other. To everybody else it does not exist. */
export const requireOwn = async (tx: Transaction, id: Snowflake, userId: Snowflake): Promise<OwnConversation> => {
  await loadGuilds(tx, [id], "write")
  const own = (await loadConversations(tx, userId, [id])).get(id)
  if (!own) throw unknownChannel()
  return own
}

/** Says to one of its people how they have it now; who closed it has nothing to hear. */
export const tellUpdated = async (tx: Transaction, id: Snowflake, userId: Snowflake): Promise<void> => {
  const own = (await loadConversations(tx, userId, [id])).get(id)
  if (!own || own.closed) return
  const told = { guildId: id, conversation: toConversation(own) }
  addToOutbox(tx, userRoom(userId), "conversation:updated", told, { guildId: id, userId })
}

const set = (
  tx: Transaction,
  id: Snowflake,
  userId: Snowflake,
  change: Partial<typeof conversationMembers.$inferInsert>,
) =>
  tx
    .update(conversationMembers)
    .set(change)
    .where(and(eq(conversationMembers.conversationId, id), eq(conversationMembers.userId, userId)))

const putAway = async (
  tx: Transaction,
  id: Snowflake,
  userId: Snowflake,
  change: { closed: true; request?: "declined" },
): Promise<void> => {
  await set(tx, id, userId, change)
  addToOutbox(tx, userRoom(userId), "conversation:removed", { guildId: id }, { guildId: id, userId })
}

/** Back into the list: somebody came to it by a link. What was declined stays away. */
export const show = ({ db, session }: SignedIn, { conversationId: id }: { conversationId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    await requireOwn(tx, id, session.userId)
    const shown = await tx
      .update(conversationMembers)
      .set({ closed: false })
      .where(
        and(
          eq(conversationMembers.conversationId, id),
          eq(conversationMembers.userId, session.userId),
          ne(conversationMembers.request, "declined"),
        ),
      )
      .returning({ id: conversationMembers.conversationId })
    if (shown.length === 0) throw unknownChannel()
    await tellAdded(tx, id, session.userId)
    return {}
  })

/** Out of the list, until somebody writes there. */
export const close = ({ db, session }: SignedIn, { conversationId: id }: { conversationId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    const own = await requireOwn(tx, id, session.userId)
    if (!own.closed) await putAway(tx, id, session.userId, { closed: true })
    return {}
  })

export const mute = (
  { db, session }: SignedIn,
  { conversationId: id, muted }: { conversationId: Snowflake; muted: boolean },
) =>
  transact(db, async (tx): Promise<object> => {
    const own = await requireOwn(tx, id, session.userId)
    if (own.muted === muted) return {}
    await set(tx, id, session.userId, { muted })
    await tellUpdated(tx, id, session.userId)
    return {}
  })

/** Lets in who asked. */
export const accept = ({ db, session }: SignedIn, { conversationId: id }: { conversationId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    const { pending, closed } = await requireOwn(tx, id, session.userId)
    if (!pending) return {}
    await set(tx, id, session.userId, { request: "accepted", closed: false })
    await (closed ? tellAdded : tellUpdated)(tx, id, session.userId)
    return {}
  })

/** Does not let in who asked. They are not told. */
export const decline = ({ db, session }: SignedIn, { conversationId: id }: { conversationId: Snowflake }) =>
  transact(db, async (tx): Promise<object> => {
    const { pending } = await requireOwn(tx, id, session.userId)
    if (!pending) throw new AppError("FORBIDDEN", "This is not a request any more.")
    await putAway(tx, id, session.userId, { closed: true, request: "declined" })
    return {}
  })

export const rules = async ({ db, session }: SignedIn): Promise<WritingRules> => {
  const [row] = await db.select().from(writingRules).where(eq(writingRules.userId, session.userId))
  return { asksFirst: row?.asksFirst ?? false }
}

export const setRules = async (ctx: SignedIn, { asksFirst }: WritingRules): Promise<WritingRules> => {
  const { db, session } = ctx
  const { userId } = session
  await takeLimits(ctx, { statusByAccount: userId })
  await transact(db, async (tx) => {
    await tx
      .insert(writingRules)
      .values({ userId, asksFirst })
      .onConflictDoUpdate({ target: writingRules.userId, set: { asksFirst } })
    addToOutbox(tx, userRoom(userId), "rules:updated", { asksFirst }, { userId })
  })
  return { asksFirst }
}

import { AppError, guildRoom, MAX_IN_GROUP, NOBODY, type Snowflake } from "@hearth/core"
import { addToOutbox, schema, type Transaction, transact } from "@hearth/db"
import { and, asc, eq, inArray } from "drizzle-orm"
import type { SignedIn } from "../context.ts"
import { tidy } from "../file-store/dropped.ts"
import { takeLimits } from "../limits.ts"
import { removeMember } from "../member/membership.ts"
import { holdPeople, putIn, requireReachable } from "./open.ts"
import { requireOwn, tellUpdated } from "./own.ts"

const { conversationMembers, conversations, guilds, members } = schema

const requireGroup = async (tx: Transaction, id: Snowflake, userId: Snowflake) => {
  const own = await requireOwn(tx, id, userId)
  if (own.kind !== "group") throw new AppError("FORBIDDEN", "A conversation of two stays as it is.")
  return own
}

/** A group that one looks after. */
export const requireOwner = async (tx: Transaction, id: Snowflake, userId: Snowflake) => {
  const own = await requireGroup(tx, id, userId)
  if (own.ownerId !== userId) throw new AppError("FORBIDDEN", "Only who looks after the group may do that.")
  return own
}

const peopleOf = async (tx: Transaction, id: Snowflake): Promise<Snowflake[]> => {
  const rows = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.guildId, id))
    .orderBy(asc(members.joinedAt), asc(members.userId))
  return rows.map(({ userId }) => userId)
}

export const tellAll = async (tx: Transaction, id: Snowflake): Promise<void> => {
  for (const userId of await peopleOf(tx, id)) await tellUpdated(tx, id, userId)
}

export const rename = (
  { db, session }: SignedIn,
  { conversationId: id, name }: { conversationId: Snowflake; name: string },
) =>
  transact(db, async (tx): Promise<object> => {
    await requireOwner(tx, id, session.userId)
    await tx.update(guilds).set({ name }).where(eq(guilds.id, id))
    addToOutbox(tx, guildRoom(id), "guild:updated", { id, name, ownerId: NOBODY }, { guildId: id })
    return {}
  })

/** Brings people in: those whom one could write to. Who is in already stays. */
export const add = async (
  ctx: SignedIn,
  { conversationId: id, userIds }: { conversationId: Snowflake; userIds: Snowflake[] },
): Promise<object> => {
  const { db, session } = ctx
  await takeLimits(ctx, { conversationByAccount: session.userId })
  return transact(db, async (tx) => {
    const people = await holdPeople(tx, [...new Set(userIds)])
    await requireOwner(tx, id, session.userId)
    const there = new Set(await peopleOf(tx, id))
    const more = people.filter((p) => !there.has(p.id))
    if (more.length === 0) return {}
    if (there.size + more.length > MAX_IN_GROUP)
      throw new AppError("TOO_MANY", `A group has at most ${MAX_IN_GROUP} people.`)
    await requireReachable(
      tx,
      session.userId,
      more.map((p) => p.id),
    )
    await putIn(tx, id, more, { by: session.userId, isGroup: true })
    await tellAll(tx, id)
    return {}
  })
}

const takeOut = async (tx: Transaction, id: Snowflake, userId: Snowflake): Promise<boolean> => {
  if (!(await removeMember(tx, id, userId))) return false
  await tx
    .delete(conversationMembers)
    .where(and(eq(conversationMembers.conversationId, id), eq(conversationMembers.userId, userId)))
  return true
}

export const remove = (
  { db, session }: SignedIn,
  { conversationId: id, userId }: { conversationId: Snowflake; userId: Snowflake },
) =>
  transact(db, async (tx): Promise<object> => {
    await requireOwner(tx, id, session.userId)
    if (userId === session.userId) throw new AppError("FORBIDDEN", "One leaves a group by oneself.")
    if (!(await takeOut(tx, id, userId))) throw new AppError("UNKNOWN_MEMBER", "There is no such member.")
    await tellAll(tx, id)
    return {}
  })

/** Who looked after it hands it on to who has been there the longest. The last one takes it along. */
export const leave = async (ctx: SignedIn, { conversationId: id }: { conversationId: Snowflake }): Promise<object> => {
  const { db, session } = ctx
  const gone = await transact(db, async (tx) => {
    const { ownerId } = await requireGroup(tx, id, session.userId)
    const next = (await peopleOf(tx, id)).find((userId) => userId !== session.userId)
    // Before the rows of its people, as whoever writes there takes them.
    if (ownerId === session.userId && next !== undefined)
      await tx.update(conversations).set({ ownerId: next }).where(eq(conversations.id, id))
    await takeOut(tx, id, session.userId)
    if (next === undefined) {
      await tx
        .delete(schema.channelHeads)
        .where(
          inArray(
            schema.channelHeads.channelId,
            tx.select({ id: schema.channels.id }).from(schema.channels).where(eq(schema.channels.guildId, id)),
          ),
        )
      await tx.delete(guilds).where(eq(guilds.id, id))
      return true
    }
    await tellAll(tx, id)
    return false
  })
  if (gone) await tidy(ctx)
  return {}
}

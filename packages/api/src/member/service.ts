import {
  AppError,
  type Actor,
  type GuildRules,
  type Listed,
  type MemberRow,
  outranks,
  rank,
  Snowflake,
  userRoom,
} from "@hearth/core"
import { addToOutbox, type CardRow, cardColumns, type Queryable, schema, toCard, transact } from "@hearth/db"
import { type GuildAccess, loadChannels, visibleTo } from "@hearth/db/access"
import { and, asc, eq, inArray, sql } from "drizzle-orm"
import { z } from "zod"
import { requireMember, requirePermission, requirePresent } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { fromCursor, toListed } from "../paging.ts"
import { removeMember } from "./membership.ts"
import { startsWith } from "./search.ts"

const { drafts, members, readStates, users } = schema

const memberColumns = {
  ...cardColumns,
  roleIds: members.roleIds,
  joinedAt: members.joinedAt,
  sortName: members.sortName,
}
type Found = CardRow & { roleIds: string[]; joinedAt: Date; sortName: string }

const toRow = (row: Found): MemberRow => ({
  user: toCard(row),
  roleIds: row.roleIds,
  joinedAt: row.joinedAt.getTime(),
})

interface MemberList {
  guildId: Snowflake
  prefix?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** Members by name; those alone whose names begin so, when a beginning is given. */
export const list = async (
  { db, session }: SignedIn,
  { guildId, prefix, cursor, limit }: MemberList,
): Promise<Listed<MemberRow>> => {
  await requirePresent(db, guildId, session.userId)
  const after = fromCursor(cursor, z.tuple([z.string().regex(/^[^\0]*$/), Snowflake]))
  if (prefix) return listBeginning(db, { guildId, prefix, limit, after })
  const rows = await db
    .select(memberColumns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.guildId, guildId),
        after ? sql`(${members.sortName}, ${members.userId}) > (${after[0]}, ${after[1]}::bigint)` : undefined,
      ),
    )
    .orderBy(asc(members.sortName), asc(members.userId))
    .limit(limit + 1)
  return toListed(rows, limit, (row) => [row.sortName, row.id], toRow)
}

/** In the order of the index by beginnings, whatever the database's collation is: a page reads no more than it answers. */
const listBeginning = async (
  q: Queryable,
  { guildId, prefix, limit, after }: Omit<MemberList, "cursor"> & { prefix: string; after: [string, Snowflake] | null },
): Promise<Listed<MemberRow>> => {
  const { sortName, userId } = members
  const rows = await q
    .select(memberColumns)
    .from(members)
    .innerJoin(users, eq(users.id, userId))
    .where(
      and(
        eq(members.guildId, guildId),
        sql`${sortName} like ${startsWith(prefix)}`,
        after
          ? sql`${sortName} ~>=~ ${after[0]} and (${sortName} ~>~ ${after[0]} or ${userId} > ${after[1]}::bigint)`
          : undefined,
      ),
    )
    .orderBy(sql`${sortName} using ~<~`, asc(userId))
    .limit(limit + 1)
  return toListed(rows, limit, (row) => [row.sortName, row.id], toRow)
}

const find = async (q: Queryable, guildId: Snowflake, userId: Snowflake): Promise<Found> => {
  const [row] = await q
    .select(memberColumns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.guildId, guildId), eq(members.userId, userId)))
  if (!row) throw new AppError("UNKNOWN_MEMBER", "There is no such member.")
  return row
}

/** The owner stands above all, also above the rule that nobody changes who stands as high as they do. */
const requireAbove = (rules: GuildRules, actor: Actor, target: Actor): void => {
  const isOwner = actor.userId === rules.ownerId
  if (!(isOwner && target.userId === actor.userId) && !outranks(rules, actor, target))
    throw new AppError("FORBIDDEN", "This member's highest role is not below yours.")
}

/** Gives and takes roles. Both the member and each role that changes must stand below the actor. */
export const setRoles = async (
  { db, session }: SignedIn,
  { guildId, userId, roleIds }: { guildId: Snowflake; userId: Snowflake; roleIds: Snowflake[] },
): Promise<MemberRow> =>
  transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "write")
    requirePermission(access, "MANAGE_ROLES", "You may not change members' roles.")
    const member = await find(tx, guildId, userId)
    requireAbove(access.rules, access.actor, { userId, roleIds: member.roleIds })
    const wanted = access.roles.filter((r) => r.id !== guildId && roleIds.includes(r.id)).map((r) => r.id)
    if (wanted.length !== new Set(roleIds).size) throw new AppError("UNKNOWN_ROLE", "There is no such role.")
    const mine = rank(access.rules, access.actor)
    const changed = access.roles.filter((r) => wanted.includes(r.id) !== member.roleIds.includes(r.id))
    if (changed.length === 0) return toRow(member)
    if (changed.some((r) => r.position >= mine))
      throw new AppError("FORBIDDEN", "One can give and take only roles below one's own.")
    const before: GuildAccess = { ...access, actor: { userId, roleIds: member.roleIds } }
    const after: GuildAccess = { ...access, actor: { userId, roleIds: wanted } }
    await tx
      .update(members)
      .set({ roleIds: wanted })
      .where(and(eq(members.guildId, guildId), eq(members.userId, userId)))
    addToOutbox(tx, "node", "member:changed", { guildId, userId, roleIds: wanted }, { guildId, userId })
    addToOutbox(tx, userRoom(userId), "me:roles", { guildId, roleIds: wanted }, { guildId, userId })
    await tellVisibility(tx, before, after)
    return { ...toRow(member), roleIds: wanted }
  })

/** Tells one member which channels they lose, by id alone, and which they gain, with their read marks and drafts. */
const tellVisibility = async (
  tx: Parameters<typeof addToOutbox>[0],
  before: GuildAccess,
  after: GuildAccess,
): Promise<void> => {
  const guildId = after.guild.id
  const { userId } = after.actor
  const all = await loadChannels(tx, [guildId])
  const [had, has] = [new Set(visibleTo(before, all)), new Set(visibleTo(after, all))]
  for (const loaded of all) {
    const channelId = loaded.channel.id
    if (had.has(loaded) && !has.has(loaded))
      addToOutbox(tx, userRoom(userId), "channel:removed", { guildId, channelId }, { guildId, channelId, userId })
  }
  const gained = all.filter((loaded) => has.has(loaded) && !had.has(loaded)).map((loaded) => loaded.channel)
  if (gained.length === 0) return
  const ids = gained.map((c) => c.id)
  const marks = await tx
    .select({ channelId: readStates.channelId, lastReadSeq: readStates.lastReadSeq })
    .from(readStates)
    .where(and(eq(readStates.userId, userId), inArray(readStates.channelId, ids)))
  const kept = await tx
    .select({ channelId: drafts.channelId, version: drafts.version })
    .from(drafts)
    .where(and(eq(drafts.userId, userId), inArray(drafts.channelId, ids)))
  for (const channel of gained)
    addToOutbox(tx, userRoom(userId), "channel:added", channel, { guildId, channelId: channel.id, userId })
  for (const mark of marks)
    addToOutbox(tx, userRoom(userId), "read:marked", mark, { guildId, channelId: mark.channelId, userId })
  for (const draft of kept)
    addToOutbox(tx, userRoom(userId), "draft:saved", draft, { guildId, channelId: draft.channelId, userId })
}

/** Ends a membership. The member may come back by an invite. */
export const kick = async (
  { db, session }: SignedIn,
  { guildId, userId }: { guildId: Snowflake; userId: Snowflake },
): Promise<object> =>
  transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "write")
    requirePermission(access, "KICK_MEMBERS", "You may not remove members.")
    const { roleIds } = await find(tx, guildId, userId)
    if (userId === session.userId)
      throw new AppError("FORBIDDEN", "One cannot remove oneself. Leave the server instead.")
    requireAbove(access.rules, access.actor, { userId, roleIds })
    await removeMember(tx, guildId, userId)
    return {}
  })

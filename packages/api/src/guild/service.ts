import {
  AppError,
  bits,
  DEFAULT_PERMISSIONS,
  type Guild,
  type GuildSnapshot,
  guildRoom,
  newSnowflake,
  type Snowflake,
} from "@hearth/core"
import { addToOutbox, schema, transact } from "@hearth/db"
import { eq, sql } from "drizzle-orm"
import { requireMember, requirePermission } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { takeLimits } from "../limits.ts"
import { addMember, removeMember } from "../member/membership.ts"

const { channelHeads, channels, guilds, roles } = schema

const FIRST_CHANNEL = "general"

/** A server with @everyone, an Admin role, a first channel, and its owner as the first member. */
export const create = async (ctx: SignedIn, { name }: { name: string }): Promise<GuildSnapshot> => {
  const { db, session, clock } = ctx
  await takeLimits(ctx, { guildCreateByAccount: session.userId })
  return transact(db, async (tx) => {
    const now = clock()
    const id = newSnowflake(now)
    const channelId = newSnowflake(now)
    await tx.insert(guilds).values({ id, name, ownerId: session.userId })
    await tx.insert(roles).values([
      { id, guildId: id, name: "everyone", position: 0, permissions: DEFAULT_PERMISSIONS },
      {
        id: newSnowflake(now),
        guildId: id,
        name: "Admin",
        position: 1,
        permissions: DEFAULT_PERMISSIONS | bits("ADMINISTRATOR"),
        hoisted: true,
      },
    ])
    await tx.insert(channels).values({ id: channelId, guildId: id, name: FIRST_CHANNEL, position: 0 })
    await tx.insert(channelHeads).values({ channelId })
    const member = await addMember(tx, id, session.userId)
    if (!member) throw new Error("a server was inserted, and is not there")
    return member.snapshot
  })
}

export const update = async (
  { db, session }: SignedIn,
  { guildId, name }: { guildId: Snowflake; name: string },
): Promise<Guild> =>
  transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "write")
    requirePermission(access, "MANAGE_GUILD", "You may not change this server.")
    const guild = { ...access.guild, name }
    await tx.update(guilds).set({ name }).where(eq(guilds.id, guildId))
    addToOutbox(tx, guildRoom(guildId), "guild:updated", guild, { guildId })
    return guild
  })

/** Only its owner deletes a server. Heads of its channels go with it, so that nothing can be appended any more. */
export const remove = async ({ db, session }: SignedIn, { guildId }: { guildId: Snowflake }): Promise<object> =>
  transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "write")
    if (access.guild.ownerId !== session.userId) throw new AppError("FORBIDDEN", "Only the owner may delete a server.")
    await tx
      .delete(channelHeads)
      .where(sql`${channelHeads.channelId} in (select id from channels where guild_id = ${guildId}::bigint)`)
    await tx.delete(guilds).where(eq(guilds.id, guildId))
    addToOutbox(tx, guildRoom(guildId), "guild:removed", { guildId }, { guildId })
    return {}
  })

export const leave = async ({ db, session }: SignedIn, { guildId }: { guildId: Snowflake }): Promise<object> =>
  transact(db, async (tx) => {
    const access = await requireMember(tx, guildId, session.userId, "write")
    if (access.guild.ownerId === session.userId)
      throw new AppError("FORBIDDEN", "The owner cannot leave a server. Delete it instead.")
    await removeMember(tx, guildId, session.userId)
    return {}
  })

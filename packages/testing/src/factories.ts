import { randomUUID } from "node:crypto"
import {
  ALL_PERMISSIONS,
  type Channel,
  DEFAULT_PERMISSIONS,
  type GuildSnapshot,
  guildRoom,
  newSnowflake,
  type Overwrite,
  type Snowflake,
  userRoom,
  viewersRoom,
} from "@hearth/core"
import { addToOutbox, type Database, schema, transact } from "@hearth/db"
import { and, eq } from "drizzle-orm"

/** Somebody who is signed in on one device. */
export interface TestUser {
  id: Snowflake
  displayName: string
  sessionId: string
}

export interface TestGuild {
  id: Snowflake
  ownerId: Snowflake
  /** By name. */
  channels: Record<string, Snowflake>
}

export const makeSession = async (db: Database, userId: Snowflake, lifeMs = 86_400_000): Promise<string> => {
  const id = randomUUID()
  await db.insert(schema.sessions).values({ id, userId, expiresAt: new Date(Date.now() + lifeMs) })
  return id
}

export const makeUser = async (db: Database, displayName: string): Promise<TestUser> => {
  const id = newSnowflake()
  await db
    .insert(schema.users)
    .values({ id, email: `${displayName}-${id}@example.org`, displayName, passwordHash: "$argon2id$none" })
  return { id, displayName, sessionId: await makeSession(db, id) }
}

export const joinGuild = (db: Database, guildId: Snowflake, user: TestUser, roleIds: Snowflake[] = []): Promise<void> =>
  transact(db, async (tx) => {
    await tx
      .insert(schema.members)
      .values({ guildId, userId: user.id, roleIds, sortName: user.displayName.toLowerCase() })
    const [guild] = await tx.select().from(schema.guilds).where(eq(schema.guilds.id, guildId))
    if (!guild) throw new Error("no such guild")
    const snapshot: GuildSnapshot = {
      guild: { id: guild.id, name: guild.name, ownerId: guild.ownerId },
      roles: [],
      channels: [],
      myRoleIds: roleIds,
    }
    addToOutbox(tx, "node", "member:joined", { guildId, userId: user.id }, { guildId, userId: user.id })
    addToOutbox(tx, userRoom(user.id), "guild:added", snapshot, { guildId, userId: user.id })
  })

/** A guild with its owner, these members beside, and text channels by name. */
export const makeGuild = async (
  db: Database,
  owner: TestUser,
  members: TestUser[],
  channelNames: string[] = ["general"],
): Promise<TestGuild> => {
  const id = newSnowflake()
  await db.insert(schema.guilds).values({ id, name: "Test", ownerId: owner.id })
  await db
    .insert(schema.roles)
    .values({ id, guildId: id, name: "everyone", position: 0, permissions: DEFAULT_PERMISSIONS })
  const guild: TestGuild = { id, ownerId: owner.id, channels: {} }
  for (const name of channelNames) guild.channels[name] = (await makeChannel(db, guild, name)).id
  for (const user of [owner, ...members]) await joinGuild(db, id, user)
  return guild
}

/** Private channels are for those whom an overwrite names: `viewers`. */
export const makeChannel = (
  db: Database,
  guild: TestGuild,
  name: string,
  viewers?: readonly Snowflake[],
): Promise<Channel> => {
  const id = newSnowflake()
  const overwrites: Overwrite[] = viewers
    ? [
        { target: "role", targetId: guild.id, allow: 0n, deny: 1n },
        ...viewers.map((targetId): Overwrite => ({ target: "member", targetId, allow: 1n, deny: 0n })),
      ]
    : []
  const channel: Channel = {
    id,
    guildId: guild.id,
    name,
    topic: "",
    position: 0,
    overwrites: overwrites.map((o) => ({ ...o, allow: o.allow.toString(), deny: o.deny.toString() })),
  }
  return transact(db, async (tx) => {
    await tx.insert(schema.channels).values({ id, guildId: guild.id, name, position: 0 })
    await tx.insert(schema.channelHeads).values({ channelId: id })
    if (overwrites.length > 0)
      await tx.insert(schema.channelOverwrites).values(overwrites.map((o) => ({ ...o, channelId: id })))
    const audience = viewers ? viewersRoom(id) : guildRoom(guild.id)
    addToOutbox(tx, audience, "channel:added", channel, { guildId: guild.id, channelId: id })
    guild.channels[name] = id
    return channel
  })
}

/** A role that may do everything. Its id. */
export const makeAdminRole = (db: Database, guildId: Snowflake): Promise<Snowflake> => {
  const id = newSnowflake()
  return transact(db, async (tx) => {
    await tx.insert(schema.roles).values({ id, guildId, name: "admin", position: 1, permissions: ALL_PERMISSIONS })
    const role = { id, guildId, name: "admin", position: 1, permissions: ALL_PERMISSIONS.toString(), hoisted: true }
    addToOutbox(tx, guildRoom(guildId), "role:added", role, { guildId })
    return id
  })
}

export const setRoles = (db: Database, guildId: Snowflake, userId: Snowflake, roleIds: Snowflake[]): Promise<void> =>
  transact(db, async (tx) => {
    await tx
      .update(schema.members)
      .set({ roleIds })
      .where(and(eq(schema.members.guildId, guildId), eq(schema.members.userId, userId)))
    addToOutbox(tx, "node", "member:changed", { guildId, userId, roleIds }, { guildId, userId })
    addToOutbox(tx, userRoom(userId), "me:roles", { guildId, roleIds }, { guildId, userId })
  })

export const kick = (db: Database, guildId: Snowflake, userId: Snowflake): Promise<void> =>
  transact(db, async (tx) => {
    await tx.delete(schema.members).where(and(eq(schema.members.guildId, guildId), eq(schema.members.userId, userId)))
    addToOutbox(tx, "node", "member:left", { guildId, userId }, { guildId, userId })
    addToOutbox(tx, userRoom(userId), "guild:removed", { guildId }, { guildId, userId })
  })

export const revokeSession = (db: Database, user: Pick<TestUser, "id" | "sessionId">): Promise<void> =>
  transact(db, async (tx) => {
    await tx.delete(schema.sessions).where(eq(schema.sessions.id, user.sessionId))
    addToOutbox(tx, "node", "session:revoked", { sessionId: user.sessionId, userId: user.id }, { userId: user.id })
  })

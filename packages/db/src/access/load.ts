import {
  type Actor,
  byPosition,
  type Channel,
  can,
  compareSnowflakes,
  type Guild,
  type GuildRules,
  type GuildSnapshot,
  MAX_CONVERSATIONS,
  NOBODY,
  type Overwrite,
  type OverwriteWire,
  type Role,
  type Snowflake,
} from "@hearth/core"
import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"
import { conversationMembers, conversations } from "../schema/conversation.ts"
import { channelOverwrites, channels, guilds, members, roles } from "../schema/guild.ts"

/** A guild with all that core's `can()` needs, and how clients know it. */
export interface LoadedGuild {
  guild: Guild
  roles: Role[]
  rules: GuildRules
  /** Not a server, and no list of servers shows it. */
  isConversation: boolean
}
/** The same, as one member stands in it. */
export interface GuildAccess extends LoadedGuild {
  actor: Actor
}
export interface LoadedChannel {
  channel: Channel
  /** Of a thread: the channel that it hangs in. Its overwrites are that channel's. */
  parentId: Snowflake | null
  overwrites: Overwrite[]
  /** `channels.last_seq`: a hint, never ahead of the log. */
  lastSeq: number
}

/**
 * How a guild's row is held while it is read. `write`: who changes its structure (channels, roles, members' roles), one at a
 * time. `share`: who takes a snapshot that later events must fit, as a join does. Without it, a change that commits between
 * the snapshot and its own commit would be in neither.
 */
export type Hold = "write" | "share"

const guildColumns = {
  id: guilds.id,
  name: guilds.name,
  ownerId: guilds.ownerId,
  isConversation: sql<boolean>`exists (select from conversations k where k.id = guilds.id)`,
}

export const roleToWire = (r: typeof roles.$inferSelect): Role => ({ ...r, permissions: r.permissions.toString() })

const toRules = (guild: Guild, all: readonly (typeof roles.$inferSelect)[]): GuildRules => ({
  guildId: guild.id,
  ownerId: guild.ownerId,
  roles: all.map((r) => ({ id: r.id, position: r.position, permissions: r.permissions })),
})

export const overwriteToWire = (o: Overwrite): OverwriteWire => ({
  target: o.target,
  targetId: o.targetId,
  allow: o.allow.toString(),
  deny: o.deny.toString(),
})

/** Of more than so many, those that are quiet the longest are in no list. */
const MAX_ALL_CONVERSATIONS = 2_000

const groupBy = <T>(rows: readonly T[], key: (row: T) => Snowflake): Map<Snowflake, T[]> => {
  const groups = new Map<Snowflake, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

/** Guilds by id, in no order; unknown ids are left out. */
export const loadGuilds = async (q: Queryable, guildIds: readonly Snowflake[], hold?: Hold): Promise<LoadedGuild[]> => {
  if (guildIds.length === 0) return []
  const select = q
    .select(guildColumns)
    .from(guilds)
    .where(inArray(guilds.id, [...guildIds]))
    .orderBy(asc(guilds.id))
  const found = await (hold ? select.for(hold === "write" ? "no key update" : "share") : select)
  if (found.length === 0) return []
  const all = await q
    .select()
    .from(roles)
    .where(
      inArray(
        roles.guildId,
        found.map((g) => g.id),
      ),
    )
  const byGuild = groupBy(all, (r) => r.guildId)
  return found.map(({ isConversation, ...row }) => {
    const guild: Guild = isConversation ? { ...row, ownerId: NOBODY } : row
    const mine = (byGuild.get(guild.id) ?? []).sort(byPosition)
    return { guild, roles: mine.map(roleToWire), rules: toRules(guild, mine), isConversation }
  })
}

/** A member's standing in a guild, or null: no such guild, or not a member of it. To the asker both are the same. */
export const loadGuildAccess = async (
  q: Queryable,
  guildId: Snowflake,
  userId: Snowflake,
  hold?: Hold,
): Promise<GuildAccess | null> => {
  const [loaded] = await loadGuilds(q, [guildId], hold)
  const [member] = await q
    .select({ roleIds: members.roleIds })
    .from(members)
    .where(and(eq(members.guildId, guildId), eq(members.userId, userId)))
  return loaded && member ? { ...loaded, actor: { userId, roleIds: member.roleIds } } : null
}

/** All channels of the guilds, sorted by position, whoever may see them; their threads are not among them. */
export const loadChannels = async (q: Queryable, guildIds: readonly Snowflake[]): Promise<LoadedChannel[]> => {
  if (guildIds.length === 0) return []
  const rows = await q
    .select()
    .from(channels)
    .where(and(inArray(channels.guildId, [...guildIds]), isNull(channels.parentId)))
  return withOverwrites(
    rows,
    await q
      .select({ overwrite: channelOverwrites })
      .from(channelOverwrites)
      .innerJoin(channels, eq(channels.id, channelOverwrites.channelId))
      .where(and(inArray(channels.guildId, [...guildIds]), isNull(channels.parentId))),
  )
}

const withOverwrites = (
  rows: readonly (typeof channels.$inferSelect)[],
  found: readonly { overwrite: typeof channelOverwrites.$inferSelect }[],
): LoadedChannel[] => {
  const byChannel = groupBy(
    found.map((f) => f.overwrite),
    (o) => o.channelId,
  )
  return rows
    .map((c) => {
      const overwrites = (byChannel.get(c.id) ?? [])
        .map(({ target, targetId, allow, deny }): Overwrite => ({ target, targetId, allow, deny }))
        .sort((a, b) => a.target.localeCompare(b.target) || compareSnowflakes(a.targetId, b.targetId))
      const { id, guildId, name, topic, position, slowmodeSeconds } = c
      const channel: Channel = { id, guildId, name, topic, position, overwrites: overwrites.map(overwriteToWire) }
      return {
        channel: slowmodeSeconds > 0 ? { ...channel, slowmodeSeconds } : channel,
        parentId: null,
        overwrites,
        lastSeq: c.lastSeq,
      }
    })
    .sort((a, b) => byPosition(a.channel, b.channel))
}

/** A thread comes as its channel does, under its own id: what holds there holds in it. */
export const loadChannel = async (q: Queryable, channelId: Snowflake): Promise<LoadedChannel | null> => {
  const rows = await q.select().from(channels).where(eq(channels.id, channelId))
  const [thread] = rows
  if (thread?.parentId) {
    const parent = await loadChannel(q, thread.parentId)
    return (
      parent && {
        ...parent,
        channel: { ...parent.channel, id: channelId, topic: "" },
        parentId: thread.parentId,
        lastSeq: thread.lastSeq,
      }
    )
  }
  const [loaded] = withOverwrites(
    rows,
    await q
      .select({ overwrite: channelOverwrites })
      .from(channelOverwrites)
      .where(eq(channelOverwrites.channelId, channelId)),
  )
  return loaded ?? null
}

/** What a member may see of the guild's channels. */
export const visibleTo = (access: GuildAccess, all: readonly LoadedChannel[]): LoadedChannel[] =>
  all.filter((c) => can(access.rules, access.actor, "VIEW_CHANNEL", c.overwrites))

export const toSnapshot = (access: GuildAccess, all: readonly LoadedChannel[]): GuildSnapshot => ({
  guild: access.guild,
  roles: access.roles,
  channels: visibleTo(access, all).map((c) => c.channel),
  myRoleIds: [...access.actor.roleIds],
})

/** A guild as one member knows it, or null for who is no member. */
export const loadGuildSnapshot = async (
  q: Queryable,
  guildId: Snowflake,
  userId: Snowflake,
  hold?: Hold,
): Promise<GuildSnapshot | null> => {
  const access = await loadGuildAccess(q, guildId, userId, hold)
  return access && toSnapshot(access, await loadChannels(q, [guildId]))
}

/**
 * All guilds of a user, in the order in which they were joined, with every channel of theirs; behind them conversations: all, or
 * those that a snapshot has.
 */
export const loadMemberships = async (
  q: Queryable,
  userId: Snowflake,
  which: "all" | "shown" = "all",
): Promise<{ access: GuildAccess; channels: LoadedChannel[] }[]> => {
  const talks = q
    .select({ id: conversations.id, lastAt: conversations.lastAt })
    .from(conversationMembers)
    .innerJoin(conversations, eq(conversations.id, conversationMembers.conversationId))
    .where(
      and(eq(conversationMembers.userId, userId), which === "all" ? undefined : eq(conversationMembers.closed, false)),
    )
    .orderBy(desc(conversations.lastAt), sql`${conversations.id} desc`)
    .limit(which === "all" ? MAX_ALL_CONVERSATIONS : MAX_CONVERSATIONS)
    .as("talks")
  const mine = await q
    .select({ guildId: members.guildId, roleIds: members.roleIds })
    .from(members)
    .leftJoin(talks, eq(talks.id, members.guildId))
    .where(
      and(
        eq(members.userId, userId),
        sql`(${talks.id} is not null or not exists (select from conversations k where k.id = ${members.guildId}))`,
      ),
    )
    .orderBy(sql`${talks.lastAt} nulls first`, asc(members.joinedAt), sql`${members.guildId}`)
  const guildIds = mine.map((m) => m.guildId)
  const loaded = new Map((await loadGuilds(q, guildIds)).map((g) => [g.guild.id, g]))
  const byGuild = groupBy(await loadChannels(q, guildIds), (c) => c.channel.guildId)
  return mine.flatMap(({ guildId, roleIds }) => {
    const guild = loaded.get(guildId)
    return guild ? [{ access: { ...guild, actor: { userId, roleIds } }, channels: byGuild.get(guildId) ?? [] }] : []
  })
}

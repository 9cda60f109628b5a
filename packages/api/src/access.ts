import {
  AppError,
  type Audience,
  can,
  guildRoom,
  isPublicChannel,
  type Permission,
  type Snowflake,
  viewersRoom,
} from "@hearth/core"
import type { Queryable } from "@hearth/db"
import {
  type GuildAccess,
  type Hold,
  type LoadedChannel,
  type LoadedGuild,
  loadChannel,
  loadGuildAccess,
} from "@hearth/db/access"

export const unknownGuild = () => new AppError("UNKNOWN_GUILD", "There is no such server.")
export const unknownChannel = () => new AppError("UNKNOWN_CHANNEL", "There is no such channel.")
export const unknownInvite = () =>
  new AppError("UNKNOWN_INVITE", "This invite does not exist or is not valid any more. Ask for a new one.")

/** A guild as a member of it sees it. To everybody else it does not exist. */
export const requireMember = async (
  q: Queryable,
  guildId: Snowflake,
  userId: Snowflake,
  hold?: Hold,
): Promise<GuildAccess> => {
  const access = await loadGuildAccess(q, guildId, userId, hold)
  if (!access || access.isConversation) throw unknownGuild()
  return access
}

/** The same, or a conversation: for what both have, which is members. */
export const requirePresent = async (q: Queryable, guildId: Snowflake, userId: Snowflake): Promise<GuildAccess> => {
  const access = await loadGuildAccess(q, guildId, userId)
  if (!access) throw unknownGuild()
  return access
}

export const allowed = (access: GuildAccess, permission: Permission): boolean =>
  can(access.rules, access.actor, permission)

export const requirePermission = (access: GuildAccess, permission: Permission, sentence: string): void => {
  if (!allowed(access, permission)) throw new AppError("FORBIDDEN", sentence)
}

export interface ChannelAccess extends LoadedChannel {
  access: GuildAccess
}

/** A channel that the user may view. To everybody else it does not exist. */
export const requireViewer = async (
  q: Queryable,
  channelId: Snowflake,
  userId: Snowflake,
  hold?: Hold,
): Promise<ChannelAccess> => {
  const found = await loadChannel(q, channelId)
  const access = found && (await loadGuildAccess(q, found.channel.guildId, userId, hold))
  // Under a lock the row is read again: it may have changed while the lock was waited for.
  const loaded = hold && access ? await loadChannel(q, channelId) : found
  if (!loaded || !access || !can(access.rules, access.actor, "VIEW_CHANNEL", loaded.overwrites)) throw unknownChannel()
  return { ...loaded, access }
}

/** The same, and neither a thread nor a conversation: what is changed of a channel is not changed of one message's. */
export const requireRoom: typeof requireViewer = async (...args) => {
  const found = await requireViewer(...args)
  if (found.parentId !== null || found.access.isConversation) throw unknownChannel()
  return found
}

/** Who may know of a channel: the whole guild when everybody may view it, else exactly its viewers. */
export const channelAudience = (guild: LoadedGuild, loaded: LoadedChannel): Audience =>
  isPublicChannel(guild.rules, loaded.overwrites)
    ? guildRoom(guild.guild.id)
    : viewersRoom(loaded.parentId ?? loaded.channel.id)

import type { Snowflake } from "./snowflake.ts"

/** Bit positions never change: they lie in databases. */
export const permissionBits = {
  VIEW_CHANNEL: 0,
  SEND_MESSAGES: 1,
  ADD_REACTIONS: 2,
  MENTION_EVERYONE: 3,
  MANAGE_MESSAGES: 4,
  MANAGE_CHANNELS: 5,
  MANAGE_GUILD: 6,
  MANAGE_ROLES: 7,
  CREATE_INVITE: 8,
  MANAGE_INVITES: 9,
  KICK_MEMBERS: 10,
  BAN_MEMBERS: 11,
  ADMINISTRATOR: 12,
} as const
export type Permission = keyof typeof permissionBits
export const permissionNames = Object.keys(permissionBits) as Permission[]

export const bit = (p: Permission): bigint => 1n << BigInt(permissionBits[p])
export const bits = (...ps: Permission[]): bigint => ps.reduce((all, p) => all | bit(p), 0n)
export const ALL_PERMISSIONS = bits(...permissionNames)
/** What @everyone may do in a new server. */
export const DEFAULT_PERMISSIONS = bits("VIEW_CHANNEL", "SEND_MESSAGES", "ADD_REACTIONS", "CREATE_INVITE")

/**
 * What everybody in a conversation may do in it, and all that anybody may. It is a guild with one channel, which bears its id;
 * nobody owns it as one owns a server, so it names an owner whom there cannot be.
 */
export const CONVERSATION_PERMISSIONS = bits("VIEW_CHANNEL", "SEND_MESSAGES", "ADD_REACTIONS")
export const NOBODY: Snowflake = "1"

export interface RoleRules {
  id: Snowflake
  /** 0 is @everyone, whose id is the guild's; higher stands above. */
  position: number
  permissions: bigint
}
export interface Overwrite {
  target: "role" | "member"
  targetId: Snowflake
  allow: bigint
  deny: bigint
}
export interface GuildRules {
  guildId: Snowflake
  ownerId: Snowflake
  roles: readonly RoleRules[]
}
export interface Actor {
  userId: Snowflake
  /** Roles beside @everyone, which everybody has. */
  roleIds: readonly Snowflake[]
}

export type Reason =
  | { by: "owner" }
  | { by: "administrator"; roleId: Snowflake }
  | { by: "role"; roleId: Snowflake; grants: bigint }
  | { by: "overwrite"; target: "role" | "member"; targetId: Snowflake; allow: bigint; deny: bigint }
  | { by: "hidden"; because: "VIEW_CHANNEL is denied" }

export interface Computed {
  permissions: bigint
  /** In the order in which they were applied: what to show for "why can this person …?". */
  trace: Reason[]
}

/**
 * What a member may do in a guild, or in one channel of it when its overwrites are given. Discord's order: @everyone and
 * roles add up; then @everyone's overwrite; then all role overwrites together, allows above denies; then the member's own.
 * Owner and ADMINISTRATOR stand above every denial. Who may not view a channel may do nothing in it.
 */
export const computePermissions = (guild: GuildRules, actor: Actor, overwrites?: readonly Overwrite[]): Computed => {
  if (actor.userId === guild.ownerId) return { permissions: ALL_PERMISSIONS, trace: [{ by: "owner" }] }
  const trace: Reason[] = []
  const mine = guild.roles.filter((r) => r.id === guild.guildId || actor.roleIds.includes(r.id))
  let permissions = 0n
  for (const role of mine) {
    if ((role.permissions & bit("ADMINISTRATOR")) !== 0n)
      return { permissions: ALL_PERMISSIONS, trace: [{ by: "administrator", roleId: role.id }] }
    permissions |= role.permissions
    trace.push({ by: "role", roleId: role.id, grants: role.permissions })
  }
  const apply = (list: readonly Overwrite[]) => {
    let allow = 0n
    let deny = 0n
    for (const o of list) {
      allow |= o.allow
      deny |= o.deny
      trace.push({ by: "overwrite", target: o.target, targetId: o.targetId, allow: o.allow, deny: o.deny })
    }
    permissions = (permissions & ~deny) | allow
  }
  if (overwrites) {
    const myRoleIds = new Set(mine.map((r) => r.id))
    apply(overwrites.filter((o) => o.target === "role" && o.targetId === guild.guildId))
    apply(overwrites.filter((o) => o.target === "role" && o.targetId !== guild.guildId && myRoleIds.has(o.targetId)))
    apply(overwrites.filter((o) => o.target === "member" && o.targetId === actor.userId))
    if (!has(permissions, "VIEW_CHANNEL")) {
      trace.push({ by: "hidden", because: "VIEW_CHANNEL is denied" })
      permissions = 0n
    }
  }
  return { permissions: permissions & ALL_PERMISSIONS & ~bit("ADMINISTRATOR"), trace }
}

export const has = (permissions: bigint, p: Permission): boolean => (permissions & bit(p)) !== 0n

/** May this actor do this here? Channel permissions need the channel's overwrites, and include that one may view it. */
export const can = (guild: GuildRules, actor: Actor, p: Permission, overwrites?: readonly Overwrite[]): boolean => {
  const { permissions } = computePermissions(guild, actor, overwrites)
  return has(permissions, p) && (overwrites === undefined || has(permissions, "VIEW_CHANNEL"))
}

/** Where one stands: the owner above all, others at their highest role. Nobody manages a role or a member at or above their own. */
export const rank = (guild: GuildRules, actor: Actor): number =>
  actor.userId === guild.ownerId
    ? Number.POSITIVE_INFINITY
    : Math.max(0, ...guild.roles.filter((r) => actor.roleIds.includes(r.id)).map((r) => r.position))

export const outranks = (guild: GuildRules, actor: Actor, other: Actor): boolean =>
  rank(guild, actor) > rank(guild, other)

/** A channel is public when @everyone may view it: then its events may go to the whole guild. */
export const isPublicChannel = (guild: GuildRules, overwrites: readonly Overwrite[]): boolean => {
  const everyone = guild.roles.find((r) => r.id === guild.guildId)
  if (!everyone || !has(everyone.permissions, "VIEW_CHANNEL")) return false
  // A deny for any role or member makes the audience smaller than the guild.
  return overwrites.every((o) => (o.deny & bit("VIEW_CHANNEL")) === 0n)
}

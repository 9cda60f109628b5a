import {
  computePermissions,
  has,
  isPublicChannel,
  NOBODY,
  type GuildRules,
  type Overwrite,
  type Permission,
  type RoleRules,
  type Snowflake,
} from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Database } from "../client.ts"
import type { OutboxRow } from "../outbox.ts"
import { createThreadPlaces, type ThreadPlace } from "../threads/places.ts"
import { batched } from "./batched.ts"

/** Whose rooms have to be looked at again after a row: every connected member of these guilds, and these users. */
export interface AccessEffect {
  guilds: Snowflake[]
  users: Snowflake[]
}

/**
 * What a gateway node knows of permissions: the guilds of its connected users, kept complete by the outbox. It never asks
 * the database for a permission, and what it does not know is refused. Whether it is fresh is for its owner to watch.
 */
export interface AccessCache {
  /** Loads a user's guilds, once for all of their connections. Every call needs its `release`. Rejects when PostgreSQL is away. */
  acquire(userId: Snowflake): Promise<void>
  release(userId: Snowflake): void
  /** Takes one outbox row in. Rows come in order; when it rejects, the same row is to be given again. */
  apply(row: OutboxRow): Promise<AccessEffect>
  /** Loads everything anew: rows were missed. */
  reload(): Promise<void>
  can(userId: Snowflake, permission: Permission, channelId: Snowflake): boolean
  canInGuild(userId: Snowflake, permission: Permission, guildId: Snowflake): boolean
  isMember(userId: Snowflake, guildId: Snowflake): boolean
  guildsOf(userId: Snowflake): Iterable<Snowflake>
  /** Connected members only. */
  membersOf(guildId: Snowflake): Iterable<Snowflake>
  channelsOf(guildId: Snowflake): Iterable<Snowflake>
  visibleChannels(userId: Snowflake): Snowflake[]
  /** Looks up those of the ids that are neither channels nor threads that this node knows. Rejects when PostgreSQL is away. */
  learn(ids: readonly Snowflake[]): Promise<void>
  /** Where a thread hangs; undefined: it is none that this node knows. All that is asked of a thread is answered of its channel. */
  threadAt(id: Snowflake): ThreadPlace | undefined
  /** People who blocked this connected user: they show nothing of themselves to them. undefined: nobody did. */
  hiddenFrom(userId: Snowflake): ReadonlySet<Snowflake> | undefined
  /** Connected users whom somebody blocked. */
  blocked(): Iterable<Snowflake>
  /** undefined: no channel that this node knows. */
  guildOf(channelId: Snowflake): Snowflake | undefined
  /** Everybody in its guild may view it: then its digest goes to the whole guild. */
  isPublic(channelId: Snowflake): boolean
  /** The newest `seq` that the metadata store knew when the guild was loaded: a hint, never ahead of the log. */
  lastSeq(channelId: Snowflake): number
  /** Seconds that this user waits there between two messages; 0: they do not. Who keeps order in it does not wait. */
  slowmode(userId: Snowflake, channelId: Snowflake): number
}

interface CachedChannel {
  guildId: Snowflake
  overwrites: Overwrite[]
  isPublic: boolean
  lastSeq: number
  slow: number
}
type RoleIds = readonly Snowflake[]
interface CachedGuild {
  /** The snapshot it was loaded from contains every row up to here. */
  at: bigint
  rules: GuildRules
  channels: Map<Snowflake, CachedChannel>
  /** Whose permissions depend on more than their roles: the owner, and who has an overwrite of their own. */
  special: Set<Snowflake>
  /** Permissions by role set and channel ("" is the guild itself). Members with equal roles share one array. */
  memo: Map<RoleIds, Map<string, bigint>>
}
interface CachedUser {
  uses: number
  guildIds: Set<Snowflake>
  ready: Promise<void>
}

interface GuildJson {
  id: Snowflake
  ownerId: Snowflake
  roles: { id: Snowflake; position: number; permissions: string }[]
  channels: { id: Snowflake; lastSeq: number; slow: number }[]
  overwrites: {
    channelId: Snowflake
    target: "role" | "member"
    targetId: Snowflake
    allow: string
    deny: string
  }[]
}

const KEEP_RECENT = 4096

export const createAccessCache = (db: Database): AccessCache => {
  const guilds = new Map<Snowflake, CachedGuild>()
  const channels = new Map<Snowflake, CachedChannel>()
  const users = new Map<Snowflake, CachedUser>()
  /** Connected members of a guild and their roles; also while the guild itself is still being loaded. */
  const members = new Map<Snowflake, Map<Snowflake, RoleIds>>()
  /** Of the connected users those whom somebody blocked, and who did. */
  const hidden = new Map<Snowflake, ReadonlySet<Snowflake>>()
  const roleSets = new Map<string, RoleIds>()
  const loading = new Map<Snowflake, Promise<void>>()
  const threads = createThreadPlaces(db)
  /** The channel itself, or the one in which the thread hangs. */
  const homeOf = (id: Snowflake, find = threads.of): Snowflake => (channels.has(id) ? id : (find(id)?.channelId ?? id))
  /** The rows applied last: tells whether a snapshot that arrives late is still true. */
  const recent: { pos: bigint; guildId?: Snowflake; userId?: Snowflake }[] = []
  let forgotten = 0n

  const roleSet = (roleIds: readonly Snowflake[]): RoleIds => {
    const key = roleIds.join()
    let set = roleSets.get(key)
    if (!set) {
      if (roleSets.size > 10_000) roleSets.clear()
      roleSets.set(key, (set = roleIds.slice()))
    }
    return set
  }

  const outdated = (at: bigint, what: { guildId?: Snowflake; userId?: Snowflake }): boolean => {
    if (at < forgotten) return true
    for (let i = recent.length - 1; i >= 0; i--) {
      const row = recent[i]
      if (!row || row.pos <= at) return false
      if (what.guildId !== undefined && row.guildId === what.guildId) return true
      if (what.userId !== undefined && row.userId === what.userId) return true
    }
    return false
  }

  const remember = (row: { pos: bigint; guildId?: Snowflake; userId?: Snowflake }): void => {
    if (recent.at(-1)?.pos === row.pos) return
    recent.push(row)
    if (recent.length > KEEP_RECENT * 2) {
      const gone = recent.splice(0, KEEP_RECENT)
      forgotten = gone.at(-1)?.pos ?? forgotten
    }
  }

  const dropGuild = (guildId: Snowflake): void => {
    const guild = guilds.get(guildId)
    if (guild) for (const id of guild.channels.keys()) channels.delete(id)
    guilds.delete(guildId)
  }

  const installGuild = (json: GuildJson, at: bigint): void => {
    const known = guilds.get(json.id)
    if (known && known.at > at) return
    dropGuild(json.id)
    const roles: RoleRules[] = json.roles.map((r) => ({ ...r, permissions: BigInt(r.permissions) }))
    const rules: GuildRules = { guildId: json.id, ownerId: json.ownerId, roles }
    const guild: CachedGuild = { at, rules, channels: new Map(), special: new Set([json.ownerId]), memo: new Map() }
    for (const { id, lastSeq, slow } of json.channels) {
      const channel: CachedChannel = { guildId: json.id, overwrites: [], isPublic: false, lastSeq, slow }
      guild.channels.set(id, channel)
      channels.set(id, channel)
    }
    for (const { channelId, target, targetId, allow, deny } of json.overwrites) {
      guild.channels.get(channelId)?.overwrites.push({ target, targetId, allow: BigInt(allow), deny: BigInt(deny) })
      if (target === "member") guild.special.add(targetId)
    }
    for (const channel of guild.channels.values()) channel.isPublic = isPublicChannel(rules, channel.overwrites)
    guilds.set(json.id, guild)
  }

  /** One statement, so one snapshot, and its position with it. Nobody shares their conversations: a crowd has as many guilds. */
  const fetchGuild = batched(async (ids: Snowflake[]): Promise<{ at: bigint; guild: GuildJson | null }[]> => {
    const { rows } = await db.execute<{ at: string; guild: GuildJson | null }>(sql`
      select (select coalesce(max(pos), 0)::text from outbox) as at,
        (select json_build_object('id', g.id::text, 'ownerId', case
            when exists (select from conversations k where k.id = g.id) then ${NOBODY} else g.owner_id::text end,
          'roles', coalesce((select json_agg(json_build_object('id', r.id::text, 'position', r.position, 'permissions', r.permissions::text))
            from roles r where r.guild_id = g.id), '[]'),
          'channels', coalesce((select json_agg(json_build_object('id', c.id::text, 'lastSeq', c.last_seq, 'slow', c.slowmode_seconds))
            from channels c where c.guild_id = g.id and c.parent_id is null), '[]'),
          'overwrites', coalesce((select json_agg(json_build_object('channelId', o.channel_id::text, 'target', o.target,
            'targetId', o.target_id::text, 'allow', o.allow::text, 'deny', o.deny::text))
            from channel_overwrites o join channels c on c.id = o.channel_id
            where c.guild_id = g.id and c.parent_id is null), '[]'))
          from guilds g where g.id = p.id) as guild
      from unnest(${`{${ids.join()}}`}::bigint[]) with ordinality p(id, n) order by p.n`)
    return rows.map(({ at, guild }) => ({ at: BigInt(at), guild }))
  })

  const loadGuild = async (guildId: Snowflake): Promise<void> => {
    for (;;) {
      const { at, guild } = await fetchGuild(guildId)
      if (outdated(at, { guildId })) continue
      if (guild) installGuild(guild, at)
      else dropGuild(guildId)
      return
    }
  }

  const ensureGuild = (guildId: Snowflake): Promise<void> => {
    if (guilds.has(guildId)) return Promise.resolve()
    let load = loading.get(guildId)
    if (!load) {
      load = loadGuild(guildId).finally(() => loading.delete(guildId))
      loading.set(guildId, load)
    }
    return load
  }

  const join = (user: CachedUser, userId: Snowflake, guildId: Snowflake, roleIds: readonly Snowflake[]): void => {
    user.guildIds.add(guildId)
    let those = members.get(guildId)
    if (!those) members.set(guildId, (those = new Map()))
    those.set(userId, roleSet(roleIds))
  }

  const leave = (userId: Snowflake, guildId: Snowflake): void => {
    users.get(userId)?.guildIds.delete(guildId)
    const those = members.get(guildId)
    those?.delete(userId)
    if (those?.size !== 0) return
    members.delete(guildId)
    dropGuild(guildId)
  }

  const setHidden = (userId: Snowflake, blockers: ReadonlySet<Snowflake>): void => {
    if (blockers.size > 0) hidden.set(userId, blockers)
    else hidden.delete(userId)
  }

  interface Memberships {
    at: bigint
    of: { guildId: Snowflake; roleIds: Snowflake[] }[]
    blockers: Snowflake[]
  }
  const fetchMemberships = batched(async (userIds: Snowflake[]): Promise<Memberships[]> => {
    const { rows } = await db.execute<{
      at: string
      members: { userId: Snowflake; guildId: Snowflake; roleIds: Snowflake[] }[]
      blocks: { userId: Snowflake; by: Snowflake }[]
    }>(sql`
      select (select coalesce(max(pos), 0)::text from outbox) as at,
        coalesce((select json_agg(json_build_object('userId', m.user_id::text, 'guildId', m.guild_id::text, 'roleIds', m.role_ids::text[]))
          from members m where m.user_id = any(${`{${userIds.join()}}`}::bigint[])), '[]') as members,
        coalesce((select json_agg(json_build_object('userId', b.blocked_id::text, 'by', b.user_id::text))
          from blocks b where b.blocked_id = any(${`{${userIds.join()}}`}::bigint[])), '[]') as blocks`)
    const at = BigInt(rows[0]?.at ?? "0")
    const byUser = new Map<Snowflake, Memberships>(userIds.map((id) => [id, { at, of: [], blockers: [] }]))
    for (const m of rows[0]?.members ?? []) byUser.get(m.userId)?.of.push(m)
    for (const b of rows[0]?.blocks ?? []) byUser.get(b.userId)?.blockers.push(b.by)
    return userIds.map((id) => byUser.get(id) ?? { at, of: [], blockers: [] })
  })

  const loadUser = async (userId: Snowflake): Promise<void> => {
    for (;;) {
      const { at, of: memberships, blockers } = await fetchMemberships(userId)
      if (outdated(at, { userId })) continue
      const user = users.get(userId)
      if (!user) return
      const now = new Set(memberships.map((m) => m.guildId))
      for (const guildId of [...user.guildIds]) if (!now.has(guildId)) leave(userId, guildId)
      setHidden(userId, new Set(blockers))
      for (const m of memberships) join(user, userId, m.guildId, m.roleIds)
      await Promise.all(memberships.map((m) => ensureGuild(m.guildId)))
      return
    }
  }

  const permissionsOf = (guild: CachedGuild, userId: Snowflake, channelId: Snowflake | ""): bigint => {
    const roleIds = members.get(guild.rules.guildId)?.get(userId)
    if (!roleIds) return 0n
    const overwrites = channelId === "" ? undefined : guild.channels.get(channelId)?.overwrites
    if (channelId !== "" && !overwrites) return 0n
    if (guild.special.has(userId)) return computePermissions(guild.rules, { userId, roleIds }, overwrites).permissions
    let byChannel = guild.memo.get(roleIds)
    if (!byChannel) guild.memo.set(roleIds, (byChannel = new Map()))
    let permissions = byChannel.get(channelId)
    if (permissions === undefined) {
      permissions = computePermissions(guild.rules, { userId, roleIds }, overwrites).permissions
      byChannel.set(channelId, permissions)
    }
    return permissions
  }

  const guildOfRow = (row: OutboxRow): Snowflake | undefined => {
    if (row.guildId) return row.guildId
    const payload = row.payload as { guildId?: Snowflake; id?: Snowflake; guild?: { id: Snowflake } }
    if (row.kind === "guild:updated") return payload.id
    if (row.kind === "guild:added") return payload.guild?.id
    return payload.guildId
  }
  const userOfRow = (row: OutboxRow): Snowflake | undefined => {
    if (row.kind.startsWith("member:")) return (row.payload as { userId: Snowflake }).userId
    return row.audience.startsWith("user:") ? row.audience.slice(5) : row.userId
  }

  const cache: AccessCache = {
    async acquire(userId) {
      let user = users.get(userId)
      if (!user) {
        user = { uses: 0, guildIds: new Set(), ready: Promise.resolve() }
        users.set(userId, user)
        user.ready = loadUser(userId)
      }
      user.uses++
      const mine = user
      try {
        await mine.ready
      } catch (error) {
        // Nobody builds on a load that failed: the next connection begins a new one.
        if (users.get(userId) === mine) {
          for (const guildId of [...mine.guildIds]) leave(userId, guildId)
          users.delete(userId)
          hidden.delete(userId)
        }
        throw error
      }
    },
    release(userId) {
      const user = users.get(userId)
      if (!user || --user.uses > 0) return
      for (const guildId of [...user.guildIds]) leave(userId, guildId)
      users.delete(userId)
      hidden.delete(userId)
    },
    async apply(row) {
      const pos = BigInt(row.pos)
      const guildId = guildOfRow(row)
      const userId = userOfRow(row)
      remember({ pos, guildId, userId })
      const effect: AccessEffect = { guilds: [], users: [] }
      if (row.kind === "block:changed" && userId !== undefined && users.has(userId)) {
        const { userId: by, blocked } = row.payload as { userId: Snowflake; blocked: boolean }
        const blockers = new Set(hidden.get(userId))
        if (blocked) blockers.add(by)
        else blockers.delete(by)
        setHidden(userId, blockers)
        effect.users.push(userId)
        return effect
      }
      if (guildId === undefined) return effect
      const user = userId === undefined ? undefined : users.get(userId)
      switch (row.kind) {
        case "member:left":
          if (userId === undefined) break
          leave(userId, guildId)
          if (user) effect.users.push(userId)
          break
        case "member:changed": {
          if (!user || userId === undefined) break
          // Roles make nobody a member.
          if (members.get(guildId)?.has(userId)) {
            join(user, userId, guildId, (row.payload as { roleIds: Snowflake[] }).roleIds)
            await ensureGuild(guildId)
          } else await loadUser(userId)
          effect.users.push(userId)
          break
        }
        case "member:joined":
        case "guild:added":
          if (!user || userId === undefined) break
          await loadUser(userId)
          effect.users.push(userId)
          break
        case "guild:removed":
          if (row.audience.startsWith("user:")) {
            if (userId !== undefined) leave(userId, guildId)
            if (user && userId !== undefined) effect.users.push(userId)
            break
          }
          for (const member of members.get(guildId)?.keys() ?? []) {
            users.get(member)?.guildIds.delete(guildId)
            effect.users.push(member)
          }
          members.delete(guildId)
          dropGuild(guildId)
          break
        case "guild:updated":
        case "role:added":
        case "role:updated":
        case "role:removed":
        case "channel:added":
        case "channel:updated":
        case "channel:removed": {
          const guild = guilds.get(guildId)
          if (!guild) break
          if (guild.at < pos) await loadGuild(guildId)
          effect.guilds.push(guildId)
          break
        }
      }
      return effect
    },
    async reload() {
      forgotten = BigInt(
        (await db.execute<{ at: string }>(sql`select coalesce(max(pos), 0)::text as at from outbox`)).rows[0]?.at ??
          "0",
      )
      recent.length = 0
      await Promise.all([...guilds.keys()].map(loadGuild))
      await Promise.all([...users.keys()].map(loadUser))
    },
    async learn(ids) {
      const unknown = ids.filter((id) => !channels.has(id))
      if (unknown.length > 0) await threads.learn(unknown)
    },
    threadAt: (id) => (channels.has(id) ? undefined : threads.peek(id)),
    can(userId, permission, id) {
      const channelId = homeOf(id)
      const channel = channels.get(channelId)
      const guild = channel && guilds.get(channel.guildId)
      return guild !== undefined && has(permissionsOf(guild, userId, channelId), permission)
    },
    canInGuild(userId, permission, guildId) {
      const guild = guilds.get(guildId)
      return guild !== undefined && has(permissionsOf(guild, userId, ""), permission)
    },
    isMember: (userId, guildId) => members.get(guildId)?.has(userId) ?? false,
    guildsOf: (userId) => users.get(userId)?.guildIds ?? [],
    membersOf: (guildId) => members.get(guildId)?.keys() ?? [],
    channelsOf: (guildId) => guilds.get(guildId)?.channels.keys() ?? [],
    visibleChannels(userId) {
      const visible: Snowflake[] = []
      for (const guildId of users.get(userId)?.guildIds ?? []) {
        const guild = guilds.get(guildId)
        if (!guild) continue
        for (const id of guild.channels.keys())
          if (has(permissionsOf(guild, userId, id), "VIEW_CHANNEL")) visible.push(id)
      }
      return visible
    },
    hiddenFrom: (userId) => hidden.get(userId),
    blocked: () => hidden.keys(),
    guildOf: (id) => channels.get(homeOf(id, threads.peek))?.guildId,
    isPublic: (id) => channels.get(homeOf(id, threads.peek))?.isPublic ?? false,
    lastSeq: (channelId) => channels.get(channelId)?.lastSeq ?? 0,
    slowmode(userId, id) {
      const channelId = homeOf(id)
      const slow = channels.get(channelId)?.slow ?? 0
      if (slow === 0) return 0
      const mayKeepOrder = (["MANAGE_MESSAGES", "MANAGE_CHANNELS"] as const).some((p) => this.can(userId, p, channelId))
      return mayKeepOrder ? 0 : slow
    },
  }
  return cache
}

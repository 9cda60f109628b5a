import { AppError, type MemberSlice, type OutboxPayload, type Presence, type Snowflake } from "@hearth/core"
import { type CardRow, cardColumns, type OutboxRow, schema, toCard } from "@hearth/db"
import { and, asc, eq, gt, inArray, or } from "drizzle-orm"
import type { Connection, Feature } from "../connection.ts"
import type { FeatureContext } from "../gateway.ts"
import type { Away, PresenceFeature } from "../presence/presence.ts"
import { createMemberIndex, type IndexedMember, type MemberIndex } from "./member-index.ts"

/** In ms. */
export interface MemberListOptions {
  /** Between two packets of one guild. */
  pushMs?: number
  /** How long changes gather before the database is asked. */
  gatherMs?: number
  /** How long a list is kept that nobody looks at. */
  keepMs?: number
  /** After a question that the database did not answer. */
  retryMs?: number
}
export const memberListDefaults: Required<MemberListOptions> = {
  pushMs: 1_000,
  gatherMs: 50,
  keepMs: 60_000,
  retryMs: 1_000,
}

export interface MemberListDeps
  extends Pick<FeatureContext, "db" | "access" | "connections" | "fresh" | "clock" | "log"> {
  presence: PresenceFeature
  options?: MemberListOptions
}

type Range = readonly [from: number, count: number]
interface Watcher {
  connection: Connection
  ranges: readonly Range[]
  /** What it was sent of each range, as text. */
  sent: Map<string, string>
  /** Its first answer is under way: no push may overtake it. */
  answering: boolean
}
interface List {
  guildId: Snowflake
  /** null until it is loaded. */
  index: MemberIndex | null
  /** Who was written to in this group and has not let it in, and both of two: they show nothing there. */
  reserved: Set<Snowflake>
  loaded: Promise<void>
  watchers: Map<Connection, Watcher>
  /** Whose rows are to be read anew, and whether the roles are, or everything. */
  dirty: Set<Snowflake>
  rolesDirty: boolean
  reload: boolean
  working: boolean
  workTimer: NodeJS.Timeout | undefined
  /** How people were seen to be while their rows were being read. */
  early: Map<Snowflake, { presence: Presence; away: Away }>
  pushedAt: number
  pushTimer: NodeJS.Timeout | undefined
  keepTimer: NodeJS.Timeout | undefined
}

const { conversationMembers, conversations, members, users, roles } = schema
const CHUNK = 2_000
/** A client looks at one guild, and at another one while it changes over. */
const MAX_GUILDS = 4

/**
 * Member lists travel in slices, pushed to who watches them. A node keeps an ordered index of each guild that somebody on it
 * looks at: read once, then kept by the outbox and by presence. An outbox row only says whose row to read anew, so rows that
 * come twice, late, or before the index was loaded all lead to the same list.
 *
 * The first look reads all members of the guild: one or two seconds for 50,000. A guild of 500,000 needs an order that is shared
 * between nodes and counts those who are not here without listing them.
 */
export const createMemberLists = (deps: MemberListDeps): Feature => {
  const { db, access, connections, fresh, clock, log, presence } = deps
  const { pushMs, gatherMs, keepMs, retryMs } = { ...memberListDefaults, ...deps.options }
  const lists = new Map<Snowflake, List>()
  /** Which lists a user stands in, or is about to. */
  const listsOf = new Map<Snowflake, Set<List>>()
  let closed = false

  // -- reading

  const columns = {
    ...cardColumns,
    roleIds: members.roleIds,
    joinedAt: members.joinedAt,
    sortName: members.sortName,
    request: conversationMembers.request,
    pairedWith: conversations.lowId,
  }
  type Row = CardRow & {
    roleIds: string[]
    joinedAt: Date
    sortName: string
    request: string | null
    pairedWith: string | null
  }
  const select = () =>
    db
      .select(columns)
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .leftJoin(
        conversationMembers,
        and(eq(conversationMembers.conversationId, members.guildId), eq(conversationMembers.userId, members.userId)),
      )
      .leftJoin(conversations, eq(conversations.id, members.guildId))
  // As in `watchable`.
  const isReserved = ({ request, pairedWith }: Row): boolean =>
    pairedWith !== null || (request !== null && request !== "accepted")
  const toMember = (row: Row, how: Pick<IndexedMember, "presence" | "away">): IndexedMember => ({
    user: toCard(row),
    // Arrays of bigint come back as text.
    roleIds: row.roleIds.map(String),
    joinedAt: row.joinedAt.getTime(),
    sortName: row.sortName,
    ...how,
  })
  const hoistedRoles = (guildId: Snowflake) =>
    db
      .select({ id: roles.id, position: roles.position })
      .from(roles)
      .where(and(eq(roles.guildId, guildId), eq(roles.hoisted, true)))

  const enter = (list: List, userId: Snowflake) => {
    let those = listsOf.get(userId)
    if (!those) listsOf.set(userId, (those = new Set()))
    those.add(list)
  }
  const depart = (list: List, userId: Snowflake) => {
    const those = listsOf.get(userId)
    those?.delete(list)
    if (those?.size === 0) listsOf.delete(userId)
  }

  const seenNow = async (userIds: readonly Snowflake[]) => {
    const { presences, away } = await presence.read(userIds)
    return (userId: Snowflake) => ({ presence: presences.get(userId) ?? ("unknown" as const), away })
  }

  const load = async (list: List): Promise<void> => {
    const hoisted = await hoistedRoles(list.guildId)
    const rows: Row[] = []
    for (;;) {
      const last = rows.at(-1)
      const after = last
        ? or(gt(members.sortName, last.sortName), and(eq(members.sortName, last.sortName), gt(members.userId, last.id)))
        : undefined
      const page = await select()
        .where(and(eq(members.guildId, list.guildId), after))
        .orderBy(asc(members.sortName), asc(members.userId))
        .limit(CHUNK)
      rows.push(...page)
      if (page.length < CHUNK) break
    }
    // First in, then looked at: who moves in between is seen by one or the other.
    for (const row of rows) enter(list, row.id)
    const seen = await seenNow(rows.map((row) => row.id))
    const before = list.index
    if (lists.get(list.guildId) !== list) {
      for (const row of rows) depart(list, row.id)
      return
    }
    list.index = createMemberIndex(
      hoisted,
      rows.map((row) => toMember(row, list.early.get(row.id) ?? seen(row.id))),
    )
    list.reserved = new Set(rows.filter(isReserved).map((row) => row.id))
    list.early.clear()
    for (const id of before?.userIds() ?? []) if (!list.index.has(id)) depart(list, id)
  }

  const refresh = async (list: List, index: MemberIndex): Promise<void> => {
    if (list.rolesDirty) {
      list.rolesDirty = false
      try {
        index.setRoles(await hoistedRoles(list.guildId))
      } catch (error) {
        list.rolesDirty = true
        throw error
      }
    }
    const ids = [...list.dirty].slice(0, CHUNK)
    if (ids.length === 0) return
    for (const id of ids) list.dirty.delete(id)
    try {
      const rows = await select().where(and(eq(members.guildId, list.guildId), inArray(members.userId, ids)))
      for (const row of rows) enter(list, row.id)
      const seen = await seenNow(rows.map((row) => row.id))
      const found = new Set(rows.map((row) => row.id))
      for (const id of ids) list.reserved.delete(id)
      for (const row of rows) if (isReserved(row)) list.reserved.add(row.id)
      for (const row of rows) index.put(toMember(row, list.early.get(row.id) ?? seen(row.id)))
      for (const id of ids) {
        list.early.delete(id)
        if (found.has(id)) continue
        index.remove(id)
        depart(list, id)
      }
    } catch (error) {
      for (const id of ids) list.dirty.add(id)
      throw error
    }
  }

  const work = async (list: List): Promise<void> => {
    list.workTimer = undefined
    if (list.working || !list.index || closed) return
    list.working = true
    let again = 0
    try {
      if (list.reload) {
        list.reload = false
        await load(list).catch((error: unknown) => {
          list.reload = true
          throw error
        })
      }
      await refresh(list, list.index)
      schedulePush(list)
    } catch (error) {
      log.warn({ err: (error as Error).message, guildId: list.guildId }, "a member list could not be read")
      again = retryMs
    } finally {
      list.working = false
      list.early.clear()
    }
    if (list.reload || list.rolesDirty || list.dirty.size > 0) scheduleWork(list, again)
  }
  const scheduleWork = (list: List, afterMs = gatherMs) => {
    if (!closed) list.workTimer ??= setTimeout(() => void work(list), afterMs).unref()
  }

  // -- pushing

  const sliceOf = (
    { guildId }: List,
    index: MemberIndex,
    [from, count]: Range,
    hidden?: ReadonlySet<Snowflake>,
  ): MemberSlice => ({ guildId, ...index.slice(from, count, hidden) })
  /** Who shows nothing of themselves to that person in that list. */
  const hiddenIn = (list: List, userId: Snowflake): ReadonlySet<Snowflake> | undefined => {
    const hidden = access.hiddenFrom(userId)
    return list.reserved.size === 0 ? hidden : new Set([...list.reserved, ...(hidden ?? [])])
  }
  const schedulePush = (list: List) => {
    if (closed || list.watchers.size === 0) return
    list.pushTimer ??= setTimeout(() => push(list), Math.max(0, list.pushedAt + pushMs - clock())).unref()
  }
  const push = (list: List) => {
    list.pushTimer = undefined
    // When nothing comes of it, the next look need not wait for long.
    list.pushedAt = clock() - pushMs * 0.9
    const { index } = list
    if (!index) return
    if (!fresh()) return schedulePush(list)
    // Most look at the same ranks.
    const made = new Map<string, { slice: MemberSlice; text: string }>()
    for (const { connection, ranges, sent, answering } of list.watchers.values()) {
      if (answering || connection.ended) continue
      const slices: MemberSlice[] = []
      const hidden = hiddenIn(list, connection.userId)
      for (const range of ranges) {
        const key = range.join()
        let it = hidden ? undefined : made.get(key)
        if (!it) {
          const slice = sliceOf(list, index, range, hidden)
          it = { slice, text: JSON.stringify(slice) }
          if (!hidden) made.set(key, it)
        }
        if (sent.get(key) === it.text) continue
        sent.set(key, it.text)
        slices.push(it.slice)
      }
      if (slices.length === 0) continue
      list.pushedAt = clock()
      connection.socket.emit("members:changed", { slices })
    }
  }

  // -- who watches

  const drop = (list: List) => {
    clearTimeout(list.workTimer)
    clearTimeout(list.pushTimer)
    clearTimeout(list.keepTimer)
    if (lists.get(list.guildId) === list) lists.delete(list.guildId)
    for (const id of list.index?.userIds() ?? []) depart(list, id)
    list.watchers.clear()
  }
  const open = (guildId: Snowflake): List => {
    const known = lists.get(guildId)
    if (known) return known
    const list: List = {
      guildId,
      index: null,
      reserved: new Set(),
      loaded: Promise.resolve(),
      watchers: new Map(),
      dirty: new Set(),
      rolesDirty: false,
      reload: false,
      working: false,
      workTimer: undefined,
      early: new Map(),
      pushedAt: Number.NEGATIVE_INFINITY,
      pushTimer: undefined,
      keepTimer: undefined,
    }
    lists.set(guildId, list)
    list.loaded = load(list).then(
      () => {
        if (list.dirty.size > 0 || list.rolesDirty) scheduleWork(list)
      },
      (error: unknown) => {
        drop(list)
        throw error
      },
    )
    // Who waits for it gets the failure; without anybody it is nobody's.
    list.loaded.catch(() => {})
    return list
  }
  const unwatch = (list: List, connection: Connection) => {
    if (!list.watchers.delete(connection) || list.watchers.size > 0) return
    clearTimeout(list.keepTimer)
    list.keepTimer = setTimeout(() => {
      if (list.watchers.size === 0) drop(list)
    }, keepMs).unref()
  }
  const unknownGuild = () => new AppError("UNKNOWN_GUILD", "There is no such server.")

  const stopFollowing = presence.follow({
    wants: (userId) => listsOf.has(userId),
    all: () => listsOf.keys(),
    seen(presences, away) {
      for (const [userId, how] of presences)
        for (const list of listsOf.get(userId) ?? []) {
          if (!list.index || list.working) list.early.set(userId, { presence: how, away })
          if (list.index?.see(userId, how, away)) schedulePush(list)
        }
    },
  })

  const markDirty = (guildId: Snowflake, userId: Snowflake) => {
    const list = lists.get(guildId)
    if (!list) return
    list.dirty.add(userId)
    scheduleWork(list)
  }
  const endFor = (userId: Snowflake, guildId: Snowflake) => {
    const list = lists.get(guildId)
    if (list) for (const connection of connections.ofUser(userId)) unwatch(list, connection)
  }

  return {
    handlers: {
      "members:watch": async ({ guildId, ranges }, connection) => {
        if (!access.isMember(connection.userId, guildId)) throw unknownGuild()
        const before = lists.get(guildId)
        if (ranges.length === 0) {
          if (before) unwatch(before, connection)
          return { slices: [] }
        }
        const others = [...lists.values()].filter((l) => l.guildId !== guildId && l.watchers.has(connection))
        for (const list of others.slice(0, Math.max(0, others.length - MAX_GUILDS + 1))) unwatch(list, connection)

        const list = open(guildId)
        const watcher: Watcher = { connection, ranges, sent: new Map(), answering: true }
        list.watchers.set(connection, watcher)
        try {
          await list.loaded
        } catch (error) {
          log.warn({ err: (error as Error).message, guildId }, "a member list could not be loaded")
          throw new AppError("UNAVAILABLE", "The member list is not available right now. It comes back by itself.", {
            retryAfterMs: 1000,
          })
        }
        // A membership may end while one waits, and a connection too.
        if (!access.isMember(connection.userId, guildId) || connection.ended) {
          unwatch(list, connection)
          throw unknownGuild()
        }
        const { index } = list
        if (!index)
          throw new AppError("UNAVAILABLE", "The member list is not available right now. It comes back by itself.", {
            retryAfterMs: 1000,
          })
        const slices = ranges.map((range) => {
          const slice = sliceOf(list, index, range, hiddenIn(list, connection.userId))
          watcher.sent.set(range.join(), JSON.stringify(slice))
          return slice
        })
        // The ack leaves before what happened while it was made.
        setImmediate(() => {
          watcher.answering = false
          schedulePush(list)
        })
        return { slices }
      },
    },
    closed(connection) {
      for (const list of lists.values()) unwatch(list, connection)
    },
    membershipChanged(userId, guildId) {
      if (!access.isMember(userId, guildId)) endFor(userId, guildId)
    },
    changed(row: OutboxRow) {
      if (row.kind === "block:changed") {
        const { blockedId } = row.payload as OutboxPayload<"block:changed">
        const theirs = [...connections.ofUser(blockedId)]
        for (const list of lists.values()) if (theirs.some((c) => list.watchers.has(c))) schedulePush(list)
        return
      }
      const payload = row.payload as { guildId?: Snowflake; userId?: Snowflake; id?: Snowflake; roleId?: Snowflake }
      const { guildId, userId, id, roleId } = payload
      switch (row.kind) {
        case "member:joined":
        case "member:changed":
        case "member:left":
          if (!guildId || !userId) return
          if (row.kind === "member:left") endFor(userId, guildId)
          return markDirty(guildId, userId)
        // Somebody may have let the others in.
        case "conversation:added":
        case "conversation:updated":
          if (row.guildId && row.userId) markDirty(row.guildId, row.userId)
          return
        case "user:updated":
          if (id) for (const list of listsOf.get(id) ?? []) markDirty(list.guildId, id)
          return
        case "role:removed":
        case "role:added":
        case "role:updated": {
          const list = guildId ? lists.get(guildId) : undefined
          if (!list) return
          if (roleId) list.index?.dropRole(roleId)
          list.rolesDirty = true
          return scheduleWork(list)
        }
        case "guild:removed": {
          // The server itself is gone; a single member's farewell goes to that member.
          const list = guildId && row.audience === `guild:${guildId}` ? lists.get(guildId) : undefined
          if (list) drop(list)
        }
      }
    },
    missed() {
      for (const list of lists.values()) {
        list.reload = true
        scheduleWork(list)
      }
    },
    async close() {
      closed = true
      stopFollowing()
      for (const list of [...lists.values()]) drop(list)
    },
  }
}

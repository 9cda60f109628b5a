import { AppError, type OutboxPayload, type Snowflake } from "@hearth/core"
import type { OutboxRow } from "@hearth/db"
import type { Connection, Feature } from "../connection.ts"
import type { FeatureContext } from "../gateway.ts"
import type { PresenceFeature } from "../presence/presence.ts"
import { type List, newList, turn, type Watcher } from "./list.ts"
import { createLoading } from "./loading.ts"
import { createPushing } from "./pushing.ts"

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
  /** How long an answer waits for a list that is being read. */
  patienceMs?: number
  /** How long after a list was read one may still be told of a name that changed meanwhile. */
  lateMs?: number
}
export const memberListDefaults: Required<MemberListOptions> = {
  pushMs: 1_000,
  gatherMs: 50,
  keepMs: 60_000,
  retryMs: 1_000,
  patienceMs: 1_000,
  lateMs: 30_000,
}

export interface MemberListDeps
  extends Pick<FeatureContext, "db" | "access" | "connections" | "fresh" | "clock" | "log"> {
  presence: PresenceFeature
  options?: MemberListOptions
}

/** A client looks at one guild, and at another one while it changes over. */
const MAX_GUILDS = 4
/** How many of those whom nobody spoke of are looked at in one sweep, over all lists. */
const SWEPT = 10_000
/** How many leave a list that is given up, in one turn. */
const AT_ONCE = 10_000

const unknownGuild = () => new AppError("UNKNOWN_GUILD", "There is no such server.")
const unavailable = () =>
  new AppError("UNAVAILABLE", "The member list is not available right now. It comes back by itself.", {
    retryAfterMs: 1000,
  })

/**
 * Member lists travel in slices, pushed to who watches them. A node keeps an ordered index of each guild that somebody on it
 * looks at: read once, in turns, then kept by the outbox and by presence. An outbox row only says whose row to read anew, so rows
 * that come twice, late, or before the index was loaded all lead to the same list.
 */
export const createMemberLists = (deps: MemberListDeps): Feature => {
  const { access, connections, fresh, clock, log, presence } = deps
  const { pushMs, gatherMs, keepMs, retryMs, patienceMs, lateMs } = { ...memberListDefaults, ...deps.options }
  const lists = new Map<Snowflake, List>()
  let closed = false
  const isOpen = (list: List) => !closed && lists.get(list.guildId) === list
  const { standing, load, refresh } = createLoading({ ...deps, isOpen })
  const pushing = createPushing({ hiddenFrom: access.hiddenFrom, fresh, clock, pushMs })

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
      if (list.index) await refresh(list, list.index)
      if (isOpen(list)) pushing.schedule(list)
    } catch (error) {
      log.warn({ err: (error as Error).message, guildId: list.guildId }, "a member list could not be read")
      again = retryMs
    } finally {
      list.working = false
      list.early.clear()
    }
    if (list.reload || list.rolesDirty || list.gone.size > 0 || list.dirty.size > 0) scheduleWork(list, again)
  }
  const scheduleWork = (list: List, afterMs = gatherMs) => {
    if (isOpen(list)) list.workTimer ??= setTimeout(() => void work(list), afterMs).unref()
  }

  // -- who watches

  const leaveAll = async (list: List, userIds: Iterable<Snowflake>) => {
    let left = 0
    for (const id of userIds) {
      standing.leave(id, list)
      if (++left % AT_ONCE === 0) await turn()
    }
  }
  const drop = (list: List) => {
    for (const timer of [list.workTimer, list.pushTimer, list.keepTimer, list.retryTimer]) clearTimeout(timer)
    if (lists.get(list.guildId) === list) lists.delete(list.guildId)
    list.watchers.clear()
    if (list.index) void leaveAll(list, list.index.userIds())
  }
  /** Who was told that their slices will follow waits for them, and for another try if there must be one. */
  const begin = (list: List) => {
    // Whoever was seen before a try that failed may have moved since, when nobody followed them.
    list.early.clear()
    list.loaded = load(list).then(
      () => {
        if (!isOpen(list)) return
        if (list.reload || list.dirty.size > 0 || list.gone.size > 0 || list.rolesDirty) scheduleWork(list)
        pushing.schedule(list)
      },
      (error: unknown) => {
        if (isOpen(list)) {
          const waiting = [...list.watchers.values()].some(({ answering }) => !answering)
          if (waiting) list.retryTimer = setTimeout(() => begin(list), retryMs).unref()
          else drop(list)
        }
        throw error
      },
    )
    list.loaded.catch((error: unknown) => {
      log.warn({ err: (error as Error).message, guildId: list.guildId }, "a member list could not be loaded")
    })
  }
  const open = (guildId: Snowflake): List => {
    const known = lists.get(guildId)
    if (known) return known
    const list = newList(guildId)
    lists.set(guildId, list)
    begin(list)
    return list
  }
  const unwatch = (list: List, connection: Connection) => {
    if (!list.watchers.delete(connection) || list.watchers.size > 0) return
    clearTimeout(list.keepTimer)
    list.keepTimer = setTimeout(() => {
      if (list.watchers.size === 0) drop(list)
    }, keepMs).unref()
  }
  /** Whether it is there before anybody gets impatient. Rejects when it could not be read. */
  const isThere = async ({ loaded }: List): Promise<boolean> => {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), patienceMs).unref()
    })
    try {
      return await Promise.race([loaded.then(() => true), patience])
    } finally {
      clearTimeout(timer)
    }
  }

  // -- what is heard

  let rotation = standing.userIds()
  function* some(): Iterable<Snowflake> {
    for (let left = SWEPT; left > 0; left--) {
      const { value, done } = rotation.next()
      if (done) {
        rotation = standing.userIds()
        return
      }
      yield value
    }
  }
  const stopFollowing = presence.follow({
    wants: standing.has,
    all: standing.userIds,
    some,
    seen(presences, away) {
      for (const [userId, how] of presences)
        for (const list of standing.of(userId)) {
          if (!list.index || list.working) list.early.set(userId, { presence: how, away })
          list.next?.see(userId, how, away)
          if (list.index?.see(userId, how, away)) pushing.schedule(list)
        }
    },
  })

  const markDirty = (guildId: Snowflake, userId: Snowflake) => {
    const list = lists.get(guildId)
    if (!list) return
    list.dirty.add(userId)
    scheduleWork(list)
  }
  /** Nobody can tell who stands in it: a new name may lead past the page that is being read, and be told of after the last. */
  const isNew = (list: List) => !list.index || list.next !== null || clock() < list.readAt + lateMs
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
          await isThere(list)
        } catch {
          if (list.watchers.get(connection) === watcher) unwatch(list, connection)
          throw unavailable()
        }
        // A membership may end while one waits, and a connection too.
        if (!access.isMember(connection.userId, guildId) || connection.ended) {
          unwatch(list, connection)
          throw unknownGuild()
        }
        if (!isOpen(list)) throw unavailable()
        // Without an index they follow when it is there, and when the groups are whole again.
        const slices = list.index && !list.regrouping ? pushing.answer(list, list.index, watcher) : []
        // The ack leaves before what happened while it was made.
        setImmediate(() => {
          watcher.answering = false
          if (isOpen(list)) pushing.schedule(list)
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
        for (const list of lists.values()) if (theirs.some((c) => list.watchers.has(c))) pushing.schedule(list)
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
          if (id)
            for (const list of new Set([...standing.of(id), ...[...lists.values()].filter(isNew)]))
              markDirty(list.guildId, id)
          return
        case "role:removed":
        case "role:added":
        case "role:updated": {
          const list = guildId ? lists.get(guildId) : undefined
          if (!list) return
          if (roleId) list.gone.add(roleId)
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

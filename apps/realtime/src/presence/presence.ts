import {
  type OutboxPayload,
  type OwnStatus,
  type Presence,
  presenceRoom,
  type Snowflake,
  type StatusLine,
} from "@hearth/core"
import type { OutboxRow } from "@hearth/db"
import { keepCame, keepLeft, keepStayed } from "@hearth/db/attendance"
import { keepActive } from "@hearth/db/last-active"
import type { Connection, Feature } from "../connection.ts"
import type { FeatureContext } from "../gateway.ts"
import type { Bus, SharedState } from "../ports.ts"
import type { Registration } from "../shared-state/registration.ts"
import { type Away, createAsk } from "./ask.ts"
import { createAttendance } from "./attendance.ts"
import { inParts } from "./in-parts.ts"
import { createLastActive } from "./last-active.ts"
import { type PresenceOptions, presenceDefaults } from "./options.ts"
import { createReports } from "./reports.ts"
import { createStatusLines } from "./status-lines.ts"
import { reportedAt, toPresences } from "./strongest.ts"
import { createTelling, newAnswer, newWatch, type Watch } from "./watch.ts"
import { watchable } from "./watchable.ts"

export type { Away } from "./ask.ts"

/** Who else on this node needs to know how people are: member lists. */
export interface Follower {
  wants(userId: Snowflake): boolean
  all(): Iterable<Snowflake>
  /** As many of them as a sweep looks at, others each time. */
  some(): Iterable<Snowflake>
  /** How they are now; also those who did not change. `away`: how each of them would be if they were not here. */
  seen(presences: ReadonlyMap<Snowflake, Presence>, away: Away): void
}

export interface PresenceFeature extends Feature {
  /** How these users are now. Never rejects: while nobody can tell, they are "unknown", but for those connected here. */
  read(userIds: readonly Snowflake[]): Promise<{ presences: Map<Snowflake, Presence>; away: Away }>
  follow(follower: Follower): () => void
}

export interface PresenceDeps
  extends Pick<FeatureContext, "db" | "access" | "connections" | "fresh" | "clock" | "now" | "log"> {
  sharedState: SharedState
  registration: Registration
  bus: Bus
  options?: PresenceOptions
}

const TOPIC = "presence:moved"
/** Of how many it is asked at once. */
const AT_ONCE = 2_000
/** A sweep goes over the watched in so many parts: who changes meanwhile need not wait until all the others are read. */
const SWEEP_PARTS = 30

/**
 * Presence costs what people can see of it: each connection names whom it shows, and hears of them alone, at most one packet a
 * second. Between nodes only a doorbell rings, with ids; who watches one of them reads how they are now. So nothing depends on
 * the order in which bells arrive, and one that does not ring is made good by the next sweep.
 */
export const createPresence = (deps: PresenceDeps): PresenceFeature => {
  const { db, access, connections, fresh, clock, now, log, sharedState, registration, bus } = deps
  const { graceMs, gatherMs, packetMs, sweepMs, activeMs } = { ...presenceDefaults, ...deps.options }
  const watches = new Map<Connection, Watch>()
  const watchers = new Map<Snowflake, Set<Watch>>()
  const followers = new Set<Follower>()
  const lines = createStatusLines({ db, now, isWatched: (id) => watchers.has(id) })
  const { sight, schedule } = createTelling({ lines, hiddenFrom: access.hiddenFrom, packetMs, fresh, clock })
  /** Counts how often anybody left a server or a friend: an answer of the database from before it is asked for again. */
  let departures = 0
  let closed = false

  // -- what moved

  const toTell = new Set<Snowflake>()
  const toRead = new Set<Snowflake>()
  let gathering: NodeJS.Timeout | undefined
  let reading = false
  const gather = () => {
    if (!closed) gathering ??= setTimeout(spread, gatherMs).unref()
  }
  const spread = () => {
    gathering = undefined
    if (toTell.size > 0) bus.tell(TOPIC, { userIds: [...toTell] })
    toTell.clear()
    void readMoved()
  }
  const isWanted = (userId: Snowflake): boolean => {
    if (watchers.has(userId)) return true
    for (const follower of followers) if (follower.wants(userId)) return true
    return false
  }
  const look = (userIds: Iterable<Snowflake>) => {
    for (const id of userIds) if (isWanted(id)) toRead.add(id)
    if (toRead.size > 0) gather()
  }
  const moved = (userIds: Iterable<Snowflake>) => {
    for (const id of userIds) toTell.add(id)
    look(userIds)
    gather()
  }
  /** Those who are looked at without having moved: after those who have. */
  let sweep: Iterator<Snowflake> | undefined
  function* followed(of: "all" | "some"): Generator<Snowflake> {
    for (const follower of followers) yield* follower[of]()
  }
  function* everybody(): Generator<Snowflake> {
    yield* watchers.keys()
    yield* followed("all")
  }
  const lookAtAll = () => {
    sweep = everybody()
    gather()
  }
  const next = (): Snowflake[] => {
    const ids: Snowflake[] = []
    for (const id of toRead) {
      if (ids.length === AT_ONCE) break
      ids.push(id)
      toRead.delete(id)
    }
    while (sweep && ids.length < AT_ONCE) {
      const { value, done } = sweep.next()
      if (done) sweep = undefined
      else if (isWanted(value)) ids.push(value)
    }
    return ids
  }

  const ask = createAsk({ sharedState, registration, ofOwn: (id) => reports.of(id) })
  const readMoved = async () => {
    if (reading) return
    const ids = next()
    if (ids.length === 0) return
    reading = true
    // Nobody waits for the lines of a watch that was taken up again.
    lines.load(ids).then(look, (error: unknown) => {
      log.warn({ err: (error as Error).message }, "what people say of themselves could not be read")
    })
    const { known, away } = await ask(ids)
    reading = false
    if (closed) return
    if (toRead.size > 0 || sweep) gather()
    for (const [userId, shown] of known) {
      if (shown === "offline") lines.away(userId)
      for (const watch of watchers.get(userId) ?? []) {
        watch.pending.set(userId, { shown, away })
        schedule(watch)
      }
    }
    const presences = toPresences(known)
    for (const follower of followers) follower.seen(presences, away)
  }

  const lastActive = createLastActive({ keep: (ids) => keepActive(db, ids), everyMs: activeMs, gatherMs, log })
  const attendance = createAttendance({
    came: (ids, agoMs) => keepCame(db, ids, agoMs),
    left: (ids) => keepLeft(db, ids),
    stayed: (ids) => keepStayed(db, ids),
    ...{ everyMs: activeMs, gatherMs, log },
  })
  const { isNow } = lastActive
  const { isHere, isGone } = attendance
  const reports = createReports({ sharedState, registration, graceMs, moved, isNow, isHere, isGone, log })
  const died = async (userIds: readonly Snowflake[]) => {
    const { known, away } = await ask(userIds)
    if (away === "offline" && !closed) attendance.lost(userIds.filter((id) => known.get(id) === "offline"))
  }
  const stops = [
    bus.onTold(TOPIC, (data) => {
      const { userIds } = data as { userIds?: unknown }
      if (Array.isArray(userIds)) look(userIds.filter((id) => typeof id === "string"))
    }),
    bus.onGap(lookAtAll),
    registration.onReaped(moved),
    registration.onReaped((userIds) => void died(userIds)),
    registration.onHealth(lookAtAll),
    registration.onRegistered(lookAtAll),
    registration.onSettled(lookAtAll),
  ]
  const nextPart = inParts(watchers, SWEEP_PARTS)
  const sweeping = setInterval(() => {
    const { keys, last } = nextPart()
    look(keys)
    if (!last) return
    sweep ??= followed("some")
    gather()
    for (const watch of watches.values()) if (unchecked.has(watch)) void recheck(watch, [])
  }, sweepMs / SWEEP_PARTS).unref()

  // -- who is told

  const add = (watch: Watch, userId: Snowflake) => {
    if (watch.ids.has(userId)) return
    watch.ids.set(userId, undefined)
    let those = watchers.get(userId)
    if (!those) watchers.set(userId, (those = new Set()))
    those.add(watch)
    void watch.connection.socket.join(presenceRoom(userId))
  }
  const remove = (watch: Watch, userId: Snowflake) => {
    if (!watch.ids.delete(userId)) return
    watch.pending.delete(userId)
    const those = watchers.get(userId)
    those?.delete(watch)
    if (those?.size === 0) {
      watchers.delete(userId)
      lines.forget(userId)
    }
    void watch.connection.socket.leave(presenceRoom(userId))
  }

  // -- who may watch whom

  const allowed = async (viewerId: Snowflake, userIds: readonly Snowflake[]): Promise<Snowflake[]> => {
    const others = userIds.filter((id) => id !== viewerId)
    if (others.length === 0) return [...userIds]
    for (;;) {
      const before = departures
      const known = await watchable(db, viewerId, others)
      if (before !== departures) continue
      return userIds.filter((id) => id === viewerId || known.has(id))
    }
  }

  /** Watches whose permission could not be looked up when it had to be: they stay silent until it can. */
  const unchecked = new Map<Watch, Set<Snowflake>>()
  /** Ends these watches at once, and takes up again what is still allowed. */
  const recheck = async (watch: Watch, userIds: readonly Snowflake[]) => {
    const { version } = watch
    const ids = new Set([...userIds.filter((id) => watch.ids.has(id)), ...(unchecked.get(watch) ?? [])])
    for (const id of userIds) remove(watch, id)
    if (ids.size === 0) return
    unchecked.set(watch, ids)
    try {
      const still = await allowed(watch.connection.userId, [...ids])
      if (unchecked.get(watch) !== ids) return
      unchecked.delete(watch)
      if (watch.version !== version || watch.connection.ended || !watches.has(watch.connection)) return
      for (const id of still) add(watch, id)
      look(still)
    } catch (error) {
      log.warn({ err: (error as Error).message }, "whose presence may be watched could not be looked up")
    }
  }
  const left = (userId: Snowflake) => {
    departures++
    for (const connection of connections.ofUser(userId)) {
      const watch = watches.get(connection)
      if (watch) void recheck(watch, [...watch.ids.keys()])
    }
    for (const watch of [...(watchers.get(userId) ?? [])]) void recheck(watch, [userId])
  }

  /** Each of the two is told for themselves. */
  const parted = (row: OutboxRow) => {
    departures++
    const { userId } = row.payload as OutboxPayload<"friend:removed">
    for (const watch of [...(watchers.get(userId) ?? [])])
      if (watch.connection.userId === row.userId) void recheck(watch, [userId])
  }

  return {
    handlers: {
      "presence:set": ({ presence }, connection) => {
        reports.report(connection.userId, connection.id, reportedAt(connection, presence), connection.chosen)
        return {}
      },
      "presence:watch": async ({ userIds }, connection) => {
        let watch = watches.get(connection)
        if (!watch) watches.set(connection, (watch = newWatch(connection)))
        const mine = watch
        const version = ++mine.version
        mine.answering++
        try {
          const ids = await allowed(connection.userId, [...new Set(userIds)])
          // In one turn with the answer of `allowed`: from here on, a departure finds the watch.
          const newest = mine.version === version && !connection.ended && watches.get(connection) === mine
          if (newest) {
            unchecked.delete(mine)
            const wanted = new Set(ids)
            for (const id of [...mine.ids.keys()]) if (!wanted.has(id)) remove(mine, id)
            for (const id of ids) add(mine, id)
          }
          const [{ known, away }] = await Promise.all([ask(ids), lines.load(ids)])
          const answer = newAnswer<StatusLine>()
          for (const [id, shown] of known) {
            const { seen, line } = sight(mine, id, { shown, away })
            answer.shows(id, seen.shown)
            if (line) answer.says(id, line)
            if (mine.version === version && mine.ids.has(id)) mine.ids.set(id, seen)
          }
          return answer.packet()
        } finally {
          // The ack leaves before what happened while it was made.
          setImmediate(() => {
            mine.answering--
            if (mine.answering === 0 && mine.pending.size > 0) schedule(mine)
          })
        }
      },
    },
    opened(connection) {
      const shown = reportedAt(connection, connection.idle ? "idle" : "online")
      reports.report(connection.userId, connection.id, shown, connection.chosen)
    },
    closed(connection) {
      reports.leave(connection.userId, connection.id)
      const watch = watches.get(connection)
      if (!watch) return
      for (const id of [...watch.ids.keys()]) remove(watch, id)
      clearTimeout(watch.timer)
      watches.delete(connection)
      unchecked.delete(watch)
    },
    changed(row: OutboxRow) {
      if (row.kind === "status:updated" && row.userId !== undefined) {
        const own = row.payload as OwnStatus
        reports.choose(row.userId, own)
        lines.changed(row.userId, own)
        look([row.userId])
      } else if (row.kind === "member:left") left((row.payload as { userId: Snowflake }).userId)
      else if (row.kind === "friend:removed") parted(row)
      else if (row.kind === "block:changed") {
        const { userId, blockedId } = row.payload as OutboxPayload<"block:changed">
        for (const watch of watchers.get(userId) ?? []) if (watch.connection.userId === blockedId) look([userId])
      }
      // The whole server is gone, and nobody can say any more who was in it.
      else if (row.kind === "guild:removed" && row.audience.startsWith("guild:")) recheckAll()
    },
    missed: () => recheckAll(),
    async read(userIds) {
      const { known, away } = await ask(userIds)
      return { presences: toPresences(known), away }
    },
    follow(follower) {
      followers.add(follower)
      return () => followers.delete(follower)
    },
    async close() {
      closed = true
      for (const stop of stops) stop()
      clearInterval(sweeping)
      clearTimeout(gathering)
      for (const watch of watches.values()) clearTimeout(watch.timer)
      reports.close()
      lastActive.close()
      await attendance.close(sharedState.kind === "memory")
    },
  }

  function recheckAll() {
    departures++
    for (const watch of watches.values()) void recheck(watch, [...watch.ids.keys()])
  }
}

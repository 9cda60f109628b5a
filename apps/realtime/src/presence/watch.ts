import { type Presence, type Shown, showsStatus, type Snowflake, type StatusLine } from "@hearth/core"
import type { Connection } from "../connection.ts"
import type { StatusLines } from "./status-lines.ts"
import { presenceOf } from "./strongest.ts"

/** What a connection was told of somebody. `line`: the version of their status, 0 for none. */
export interface Seen {
  shown: Shown
  line: number
}

/** How somebody is, and how they would be if they were not here: as little known as of others. */
export interface Sighting {
  shown: Shown
  away: Presence
}

export interface Watch {
  connection: Connection
  /** Who is watched now, and what this connection was told of them; undefined: nothing yet. */
  ids: Map<Snowflake, Seen | undefined>
  pending: Map<Snowflake, Sighting>
  sentAt: number
  timer: NodeJS.Timeout | undefined
  /** Answers under way: no delta may overtake them. */
  answering: number
  /** Which `presence:watch` is the newest. */
  version: number
}

export const newWatch = (connection: Connection): Watch => ({
  connection,
  ids: new Map(),
  pending: new Map(),
  sentAt: Number.NEGATIVE_INFINITY,
  timer: undefined,
  answering: 0,
  version: 0,
})

/** How people are, as the wire says it. */
export const newAnswer = <Line extends StatusLine | null>() => {
  const presences: Record<Snowflake, Presence> = {}
  const statuses: Record<Snowflake, Line> = {}
  const phones: Snowflake[] = []
  const any = () => Object.keys(statuses).length > 0
  return {
    shows(userId: Snowflake, shown: Shown): void {
      presences[userId] = presenceOf(shown)
      if (shown === "phone") phones.push(userId)
    },
    says(userId: Snowflake, line: Line): void {
      statuses[userId] = line
    },
    isEmpty: () => !any() && Object.keys(presences).length === 0,
    packet: () => ({ presences, ...(any() && { statuses }), ...(phones.length > 0 && { phones }) }),
  }
}

/** Tells a connection what changed for it: at most one packet in a while. */
export const createTelling = (deps: {
  lines: StatusLines
  /** Who blocked that person. */
  hiddenFrom: (userId: Snowflake) => ReadonlySet<Snowflake> | undefined
  packetMs: number
  fresh: () => boolean
  clock: () => number
}) => {
  const { lines, hiddenFrom, packetMs, fresh, clock } = deps

  /**
   * Who blocked the one who looks is not here to them. Who is not seen to be here says nothing either: what they change meanwhile
   * nobody hears.
   */
  const sight = ({ connection }: Watch, userId: Snowflake, sighting: Sighting): { seen: Seen; line?: StatusLine } => {
    const shown = hiddenFrom(connection.userId)?.has(userId) ? sighting.away : sighting.shown
    const said = showsStatus(shown) ? lines.of(userId) : undefined
    return said ? { seen: { shown, line: said.version }, line: said.line } : { seen: { shown, line: 0 } }
  }
  const schedule = (watch: Watch): void => {
    watch.timer ??= setTimeout(() => flush(watch), Math.max(0, watch.sentAt + packetMs - clock())).unref()
  }
  const flush = (watch: Watch): void => {
    watch.timer = undefined
    if (watch.connection.ended) return
    if (watch.answering > 0) return
    if (!fresh()) {
      watch.sentAt = clock()
      return schedule(watch)
    }
    const news = newAnswer<StatusLine | null>()
    for (const [userId, sighting] of watch.pending) {
      if (!watch.ids.has(userId)) continue
      const before = watch.ids.get(userId)
      const { seen, line } = sight(watch, userId, sighting)
      if (before?.shown !== seen.shown) news.shows(userId, seen.shown)
      if ((before?.line ?? 0) !== seen.line) news.says(userId, line ?? null)
      watch.ids.set(userId, seen)
    }
    watch.pending.clear()
    if (news.isEmpty()) return
    watch.sentAt = clock()
    watch.connection.socket.emit("presence:changed", news.packet())
  }
  return { sight, schedule }
}

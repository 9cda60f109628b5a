import {
  type Audience,
  channelRoom,
  type EventPayload,
  guildRoom,
  type Marks,
  type Packet,
  type Snowflake,
  viewersRoom,
} from "@hearth/core"
import { type Database, raiseLastSeq } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import type { MessageStore } from "@hearth/db/message-store"
import type { Publish } from "./connection.ts"
import type { Delivery } from "./delivery.ts"
import type { Logger } from "./logger.ts"
import type { WhoWrites } from "./liveliness/writers.ts"
import type { Bus } from "./ports.ts"
import type { Timings } from "./timings.ts"

export interface Heads {
  /** A compare-and-set took effect: new numbers, a new mark. Of messages it is told, though a reading may have found them first. */
  moved(packet: Packet, isAppend?: boolean): void
  /** A message of somebody on this node was stored, here or by the channel's owner, which may have said that it tells of it. */
  sent(channelId: Snowflake, seq: number, isTold?: boolean): void
  /** Whether this node can tell those who do not look at a channel of what it stores there. */
  tells(channelId: Snowflake): boolean
  /** A retry found what an earlier try had stored, and perhaps nobody heard of. */
  found(channelId: Snowflake, seq: number, marks: Marks): void
  /** Messages of a channel are deleted: they are unread no more. The room is where to say so, if this node does not know the channel. */
  deleted(channelId: Snowflake, seqs: readonly number[], room: Audience): void
  /** A committed head that was learned by reading: a resume, a retry's answer. */
  learned(channelId: Snowflake, head: number, marks: Marks): void
  /** An event of this node or another one: whoever got it from here may build on it, as "all is read" does. */
  heard(event: unknown, payload: unknown): void
  /** The newest `seq` that this node knows to be committed. */
  known(channelId: Snowflake): number
  /** Whether this node has published more of the channel than that. */
  isAhead(channelId: Snowflake, than: { head: number; marks: Marks }): boolean
  /** Asks the store for these channels, or for all that somebody here looks at, and tells the viewers of this node. */
  ask(channelIds?: Iterable<Snowflake>): Promise<void>
  /** Writes what is known to `channels.last_seq`. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface HeadsDeps {
  db: Database
  store: MessageStore
  access: AccessCache
  delivery: Delivery
  publish: Publish
  bus: Bus
  writers: Pick<WhoWrites, "of" | "tell">
  /** Whether those who look at a channel are not told of what is written there, but ask. */
  isPulled: (channelId: Snowflake) => boolean
  timings: Timings
  clock: () => number
  log: Logger
  /** Rooms that exist on this node. */
  rooms: () => Iterable<string>
}

interface Known {
  head: number
  /** Up to where another node has told those who do not look. */
  told: number
  /** The highest that this node has written down, or will. */
  noted: number
  /** scope → ver, and when it moved. */
  marks: Map<string, { ver: number; at: number }>
  changedAt: number
}

const HEADS_TOPIC = "heads"
const KEEP_MS = 3_600_000
const ASK_AT_ONCE = 8
/**
 * Who stored a message tells of it in its next turn. If two of this node's have passed, it is gone, was not heard, or has so many more
 * members that its turns are rarer: then it is told twice.
 */
const TURNS_OF_OTHERS = 2
/** A digest to this many members may leave at every interval; more members wait longer. */
const DIGEST_MEMBERS = 5_000

/**
 * What repairs the doorbell: every few seconds those who look at a changed channel hear its head and marks, and who is behind
 * resumes. Those who do not look get a digest of which channels moved; and `channels.last_seq` follows, written behind.
 */
export const createHeads = (deps: HeadsDeps): Heads => {
  const { db, store, access, delivery, publish, bus, writers, isPulled, timings, clock, log, rooms } = deps
  const channels = new Map<Snowflake, Known>()
  const unwritten = new Map<Snowflake, number>()
  /**
   * What those who do not look have still to be told, from the first message of it to the last: by this node, or by the one that
   * said it would, for which it waits so many more turns.
   */
  const active = new Map<Snowflake, { first: number; head: number; leftTo: "me" | number }>()
  const gone = new Map<Snowflake, { seqs: Set<number>; room: Audience }>()
  /** The store could not be asked about these. */
  const doubtful = new Set<Snowflake>()
  let ticks = 0
  let writing: Promise<void> = Promise.resolve()

  const of = (channelId: Snowflake): Known => {
    let known = channels.get(channelId)
    if (!known) channels.set(channelId, (known = { head: 0, told: 0, noted: 0, marks: new Map(), changedAt: 0 }))
    return known
  }

  const learn = (channelId: Snowflake, head: number, marks: Marks, changedAt: number): void => {
    const known = of(channelId)
    known.head = Math.max(known.head, head)
    // Also what was only heard before: whoever told of it may be gone without having written it.
    if (head > Math.max(known.noted, access.lastSeq(channelId))) {
      known.noted = head
      unwritten.set(channelId, head)
    }
    for (const [scope, ver] of Object.entries(marks)) {
      const mark = known.marks.get(scope)
      if (!mark || ver > mark.ver) known.marks.set(scope, { ver, at: changedAt })
    }
    if (changedAt > known.changedAt) known.changedAt = changedAt
  }

  const advertised = (channelId: Snowflake, since: number): EventPayload<"channel:heads"> | null => {
    const known = channels.get(channelId)
    if (!known || known.changedAt < since) return null
    const marks: Marks = {}
    for (const [scope, mark] of known.marks) if (mark.at >= since) marks[scope] = mark.ver
    return { heads: [{ channelId, head: known.head, marks }] }
  }

  const advertise = (): void => {
    const now = clock()
    for (const [channelId, known] of channels) {
      if (known.changedAt < now - KEEP_MS && !unwritten.has(channelId)) {
        // The head stays: what the cache was loaded with is older. Of threads there is no end, and their heads can be asked for.
        if (access.guildOf(channelId) === undefined || access.threadAt(channelId)) channels.delete(channelId)
        else known.marks.clear()
      }
      const payload = advertised(channelId, now - timings.headMarks)
      if (payload) publish(channelRoom(channelId), "channel:heads", payload)
    }
    // Without the bus the others' messages come only by asking.
    if (bus.state() !== "ready") void ask()
    else if (doubtful.size > 0) void ask([...doubtful])
  }

  const ask = async (channelIds?: Iterable<Snowflake>): Promise<void> => {
    const wanted = channelIds
      ? [...channelIds]
      : [...rooms()].filter((room) => room.startsWith("channel:")).map((room) => room.slice(8))
    const worker = async (): Promise<void> => {
      for (let channelId = wanted.pop(); channelId !== undefined; channelId = wanted.pop()) {
        doubtful.add(channelId)
        const { head, marks } = await store.head(channelId)
        doubtful.delete(channelId)
        const before = known(channelId)
        learn(channelId, head, marks, 0)
        if (head > before) activate(channelId, head)
        publish(channelRoom(channelId), "channel:heads", { heads: [{ channelId, head, marks }] }, { local: true })
      }
    }
    const results = await Promise.allSettled(Array.from({ length: ASK_AT_ONCE }, worker))
    const failed = results.filter((r) => r.status === "rejected")
    if (failed.length > 0) log.warn({ failed: failed.length }, "heads could not be asked for")
  }

  const activate = (channelId: Snowflake, head: number, isTold = false): void => {
    // It may have been told before its author's node was answered.
    if (isTold && head <= (channels.get(channelId)?.told ?? 0)) return
    const before = active.get(channelId)
    active.set(channelId, {
      first: before?.first ?? head,
      head: Math.max(head, before?.head ?? 0),
      leftTo: isTold ? (before?.leftTo ?? TURNS_OF_OTHERS) : "me",
    })
  }
  /** Another node has told up to there: it lives, and what came since is left to it as well. */
  const wasTold = (channelId: Snowflake, head: number): void => {
    const known = of(channelId)
    known.told = Math.max(known.told, head)
    const waiting = active.get(channelId)
    if (!waiting || waiting.leftTo === "me" || head < waiting.first) return
    if (head >= waiting.head) active.delete(channelId)
    else active.set(channelId, { first: head + 1, head: waiting.head, leftTo: TURNS_OF_OTHERS })
  }

  const roomOf = (channelId: Snowflake): Audience | null => {
    const guildId = access.guildOf(channelId)
    // That a thread moved shows on the message that it hangs on.
    if (guildId === undefined || access.threadAt(channelId)) return null
    return access.isPublic(channelId) ? guildRoom(guildId) : viewersRoom(channelId)
  }
  /** The more members hear of it, the longer it waits. */
  const isTurn = (room: Audience): boolean =>
    ticks % Math.max(1, Math.ceil(delivery.roomSize(room) / DIGEST_MEMBERS)) === 0

  const digest = (): void => {
    ticks++
    const byRoom = new Map<Audience, { heads: Record<Snowflake, number>; deleted?: Record<Snowflake, number[]> }>()
    const into = (room: Audience) => {
      const digest = byRoom.get(room) ?? { heads: {} }
      byRoom.set(room, digest)
      return digest
    }
    for (const [channelId, waiting] of active) {
      const room = roomOf(channelId)
      // Or it was stored here for another node, whose author's guild this node does not know: that node tells of it.
      if (room && !isTurn(room)) continue
      if (waiting.leftTo !== "me" && waiting.leftTo-- > 0) continue
      active.delete(channelId)
      if (room) into(room).heads[channelId] = waiting.head
    }
    for (const [channelId, { seqs, room: then }] of gone) {
      const room = roomOf(channelId) ?? then
      if (!isTurn(room)) continue
      gone.delete(channelId)
      const digest = into(room)
      digest.deleted = { ...digest.deleted, [channelId]: [...seqs] }
    }
    // Whoever hears of it also knows it: `gateway:ready` and read marks ask this node, not the one that stored.
    const told = Object.assign({}, ...[...byRoom.values()].map(({ heads }) => heads)) as Record<Snowflake, number>
    if (byRoom.size > 0) bus.tell(HEADS_TOPIC, told)
    writers.tell(Object.keys(told))
    for (const [room, { heads, deleted }] of byRoom) {
      const [only, more] = Object.keys(heads)
      // Who looks at the one channel that moved knows already, unless they ask: those whose window is hidden do not.
      const exceptRoom =
        only !== undefined && more === undefined && !deleted && !isPulled(only) ? channelRoom(only) : undefined
      const who = writers.of(Object.keys(heads))
      const payload: EventPayload<"channel:activity"> = {
        heads,
        ...(who && { writers: who }),
        ...(deleted && { deleted }),
      }
      delivery.emit(room, "channel:activity", [payload], exceptRoom === undefined ? {} : { except: [exceptRoom] })
      bus.publish(room, "channel:activity", [payload], { volatile: false })
    }
  }

  const flush = (): Promise<void> => {
    writing = writing.then(async () => {
      if (unwritten.size === 0) return
      const rows = [...unwritten]
      unwritten.clear()
      try {
        await raiseLastSeq(db, rows)
      } catch (error) {
        log.warn({ err: error instanceof Error ? error.message : error }, "last_seq could not be written")
        for (const [id, head] of rows) unwritten.set(id, Math.max(head, unwritten.get(id) ?? 0))
      }
    })
    return writing
  }

  const known = (channelId: Snowflake): number =>
    Math.max(channels.get(channelId)?.head ?? 0, access.lastSeq(channelId))

  const raise = (
    channelId: Snowflake,
    head: number,
    { scope, ver }: Partial<Pick<Packet, "scope" | "ver">> = {},
  ): void => {
    const known = of(channelId)
    known.head = Math.max(known.head, head)
    if (scope === undefined || ver === undefined) return
    const mark = known.marks.get(`${scope}`)
    if (!mark || ver > mark.ver) known.marks.set(`${scope}`, { ver, at: mark?.at ?? 0 })
  }

  // In the same stream as the digest, before it. Not told on and not written: who told it does both.
  const stopHearing = bus.onTold(HEADS_TOPIC, (data) => {
    for (const [channelId, head] of Object.entries(data as Record<Snowflake, number>)) {
      raise(channelId, head)
      wasTold(channelId, head)
    }
  })

  const timers = [
    setInterval(advertise, timings.heads),
    setInterval(digest, timings.activity),
    setInterval(() => void flush(), timings.lastSeqFlush),
  ]
  for (const timer of timers) timer.unref()

  return {
    moved(packet, isAppend = false) {
      const before = known(packet.channelId)
      learn(packet.channelId, packet.head, { [packet.scope]: packet.ver }, clock())
      if (isAppend || packet.head > before) activate(packet.channelId, packet.head)
    },
    found: (channelId, seq, marks) => learn(channelId, seq, marks, clock()),
    sent(channelId, seq, isTold = false) {
      learn(channelId, seq, {}, 0)
      activate(channelId, seq, isTold)
    },
    tells: (channelId) => roomOf(channelId) !== null,
    deleted(channelId, seqs, room) {
      const those = gone.get(channelId)?.seqs ?? new Set()
      for (const seq of seqs) those.add(seq)
      gone.set(channelId, { seqs: those, room })
    },
    learned: (channelId, head, marks) => learn(channelId, head, marks, 0),
    heard(event, payload) {
      if (event === "channel:changed")
        for (const packet of payload as EventPayload<"channel:changed">) raise(packet.channelId, packet.head, packet)
      if (event === "mention:added") {
        const { channelId, seq } = payload as EventPayload<"mention:added">
        raise(channelId, seq)
      }
    },
    known,
    isAhead(channelId, { head, marks }) {
      const now = channels.get(channelId)
      if (!now) return false
      if (now.head > head) return true
      for (const [scope, ver] of Object.entries(marks)) if ((now.marks.get(scope)?.ver ?? 0) > ver) return true
      return false
    },
    ask,
    flush,
    async close() {
      for (const timer of timers) clearInterval(timer)
      stopHearing()
      await flush()
    },
  }
}

import { MAX_WRITERS, type Snowflake, WRITERS_MS, type Writers } from "@hearth/core"
import type { AccessCache } from "@hearth/db/access"
import type { Connections, Feature } from "../connection.ts"
import type { Bus } from "../ports.ts"
import type { Sizes } from "../timings.ts"

export interface WhoWrites extends Feature {
  /** A message of theirs was stored, by this node or for it. */
  wrote(channelId: Snowflake, userId: Snowflake): void
  /** Who wrote in these channels lately. Those in which nobody did are not in it; undefined: nobody anywhere. */
  of(channelIds: Iterable<Snowflake>): Record<Snowflake, Writers> | undefined
  /** Says to the other nodes who wrote here since it was last said. */
  tell(channelIds: Iterable<Snowflake>): void
  /** Asks the other nodes for what they know: this one has just begun. */
  ask(): void
  /** How many people of how many channels are remembered. */
  readonly size: { people: number; channels: number }
}

export interface WhoWritesDeps {
  access: Pick<AccessCache, "can" | "channelsOf" | "guildOf">
  connections: Pick<Connections, "ofUser">
  bus: Pick<Bus, "tell" | "onTold">
  fresh: () => boolean
  sizes: Sizes
  clock: () => number
}

const TOPIC = "writers"
const ASK_TOPIC = "writers:ask"
const ANSWER_TOPIC = "writers:answer"
const ANSWER_MS = 500
const CHUNK = 500
const SWEEP_MS = 1_000
/** What nodes tell each other: by channel, who and how long ago. */
type Told = Record<Snowflake, [userId: Snowflake, agoMs: number][]>

/**
 * Who wrote where in the last 15 minutes: in memory, bounded, the same on every node, since whoever sends a channel's digest tells the
 * others. A node that has just begun asks for what they know. It is no history: with the last node it is gone.
 */
export const createWhoWrites = (deps: WhoWritesDeps): WhoWrites => {
  const { access, connections, bus, fresh, sizes, clock } = deps
  /** Channels by when somebody last wrote, and in each the people by the same: the oldest come first. */
  const channels = new Map<Snowflake, Map<Snowflake, number>>()
  const untold = new Map<Snowflake, Map<Snowflake, number>>()
  let people = 0
  let sweptAt = Number.NEGATIVE_INFINITY

  const drop = (channelId: Snowflake): void => {
    people -= channels.get(channelId)?.size ?? 0
    channels.delete(channelId)
    untold.delete(channelId)
  }
  const forget = (channelId: Snowflake, userId: Snowflake): void => {
    const writers = channels.get(channelId)
    if (!writers?.delete(userId)) return
    people--
    if (writers.size === 0) drop(channelId)
  }
  const sweep = (): void => {
    sweptAt = clock()
    for (const [id, those] of channels) {
      const newest = Math.max(...those.values())
      if (people <= sizes.writers && newest >= sweptAt - WRITERS_MS) break
      drop(id)
    }
  }
  const note = (channelId: Snowflake, userId: Snowflake, at: number): void => {
    const writers = channels.get(channelId) ?? new Map<Snowflake, number>()
    if ((writers.get(userId) ?? Number.NEGATIVE_INFINITY) > at) return
    if (!writers.delete(userId)) people++
    writers.set(userId, at)
    channels.delete(channelId)
    channels.set(channelId, writers)
    const [longestAgo] = writers.keys()
    if (writers.size > sizes.writersOfChannel && longestAgo !== undefined) forget(channelId, longestAgo)
    if (people > sizes.writers || clock() >= sweptAt + SWEEP_MS) sweep()
  }

  const lately = (channelId: Snowflake): Writers | undefined => {
    const now = clock()
    for (const [userId, at] of channels.get(channelId) ?? []) {
      if (at >= now - WRITERS_MS) break
      forget(channelId, userId)
    }
    const writers = channels.get(channelId)
    if (!writers) return undefined
    // What other nodes tell comes a moment late, so the order of the map is nearly that of time.
    const latest = [...writers]
      .reverse()
      .sort(([, a], [, b]) => b - a)
      .slice(0, MAX_WRITERS)
    return { count: writers.size, latest: latest.map(([userId, at]) => ({ userId, agoMs: Math.max(0, now - at) })) }
  }
  const of = (channelIds: Iterable<Snowflake>): Record<Snowflake, Writers> | undefined => {
    const all: Record<Snowflake, Writers> = {}
    for (const channelId of channelIds) {
      const writers = lately(channelId)
      if (writers) all[channelId] = writers
    }
    return Object.keys(all).length > 0 ? all : undefined
  }

  const learn = (data: unknown): void => {
    const now = clock()
    for (const [channelId, writers] of Object.entries(data as Told))
      for (const [userId, agoMs] of writers) {
        note(channelId, userId, now - agoMs)
        // All heard it.
        untold.get(channelId)?.delete(userId)
      }
  }
  const toldOf = (writers: ReadonlyMap<Snowflake, number>, now: number): Told[Snowflake] =>
    [...writers].map(([userId, at]) => [userId, Math.max(0, now - at)])

  // Every node hears the question. Whoever is first to answer does it for all.
  let answering: NodeJS.Timeout | undefined
  const answer = (): void => {
    const now = clock()
    const all = [...channels].filter(([channelId]) => lately(channelId))
    for (let i = 0; i < all.length; i += CHUNK)
      bus.tell(
        ANSWER_TOPIC,
        Object.fromEntries(all.slice(i, i + CHUNK).map(([id, writers]) => [id, toldOf(writers, now)])),
      )
  }
  const stops = [
    bus.onTold(TOPIC, learn),
    bus.onTold(ASK_TOPIC, () => {
      clearTimeout(answering)
      if (channels.size > 0) answering = setTimeout(answer, Math.random() * ANSWER_MS).unref()
    }),
    bus.onTold(ANSWER_TOPIC, (data) => {
      clearTimeout(answering)
      learn(data)
    }),
  ]

  return {
    handlers: {},
    wrote(channelId, userId) {
      note(channelId, userId, clock())
      let those = untold.get(channelId)
      if (!those) untold.set(channelId, (those = new Map()))
      if (those.size < sizes.writersOfChannel || those.has(userId)) those.set(userId, clock())
    },
    of,
    tell(channelIds) {
      const now = clock()
      const told: Told = {}
      for (const channelId of channelIds) {
        const writers = untold.get(channelId)
        if (!writers) continue
        told[channelId] = toldOf(writers, now)
        untold.delete(channelId)
      }
      if (Object.keys(told).length > 0) bus.tell(TOPIC, told)
    },
    ask: () => bus.tell(ASK_TOPIC, {}),
    get size() {
      return { people, channels: channels.size }
    },
    // Whoever comes later does not meet who is gone. A channel of a guild that nobody here is in may be of this one.
    changed(row) {
      if (row.kind !== "member:left") return
      const { guildId, userId } = row.payload as { guildId: Snowflake; userId: Snowflake }
      for (const channelId of channels.keys())
        if ((access.guildOf(channelId) ?? guildId) === guildId) {
          untold.get(channelId)?.delete(userId)
          forget(channelId, userId)
        }
    },
    // Who comes into a guild sees at once where people are: `gateway:ready` was before.
    membershipChanged(userId, guildId) {
      if (!fresh()) return
      const seen = [...access.channelsOf(guildId)].filter((id) => access.can(userId, "VIEW_CHANNEL", id))
      const writers = of(seen)
      if (!writers) return
      for (const { socket, ended } of connections.ofUser(userId))
        if (!ended) socket.emit("channel:activity", { heads: {}, writers })
    },
    async close() {
      clearTimeout(answering)
      for (const stop of stops) stop()
    },
  }
}

import { type EventPayload, type Snowflake, type Writers, WRITERS_MS } from "@hearth/core"
import type { Glow } from "@hearth/ui"
import { createSignal } from "../gateway/emitter.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"

/** What is shown changes at most so often, so that nothing flickers. */
export const CALM_MS = 10_000
/** Whoever wrote longer ago than so many others makes it no livelier. */
const KEPT = 16
const FACES = 3
/** From two people on it is a conversation, and has faces. */
const LIVELY = 2

/** How lively a channel is: how warm it glows, and whose faces stand beside it. */
export interface Liveliness {
  glow: Glow
  /** Others than oneself. */
  userIds: readonly Snowflake[]
}
const QUIET: Liveliness = { glow: 0, userIds: [] }

/** log2(1 + people) / 3, in steps: full at seven. */
export const glowOf = (people: number): Glow => {
  const g = Math.min(1, Math.log2(1 + people) / 3)
  return g >= 0.95 ? 4 : g >= 0.75 ? 3 : g >= 0.5 ? 2 : g >= 0.3 ? 1 : 0
}

interface Known {
  /** When each person wrote last, by this client's clock. */
  at: Map<Snowflake, number>
  /** How many there were when it was told, most of them without names. */
  count: number
  countedAt: number
  /** The newest message that was taken notice of. */
  seq: number
}

/** Those whose time is known count while they are kept; of the nameless ever fewer, as if they had written evenly. */
const peopleIn = ({ at, count, countedAt }: Known, now: number): number =>
  Math.max(at.size, Math.round(count * (1 - Math.min(1, (now - countedAt) / WRITERS_MS))))

const same = (a: readonly Snowflake[], b: readonly Snowflake[]) =>
  a.length === b.length && a.every((x) => b.includes(x))

/**
 * Where people are, from what the gateway tells of those who write: digests, and packets of the channels that are open. It fades
 * by itself when nothing more comes.
 */
export const createLiveliness = (
  client: Pick<GatewayClient, "on" | "snapshot">,
  { now = Date.now }: { now?: () => number } = {},
) => {
  const channels = new Map<Snowflake, Known>()
  const shown = new Map<Snowflake, Liveliness & { since: number }>()
  const changed = createSignal()
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = 0

  const knownOf = (channelId: Snowflake): Known => {
    let known = channels.get(channelId)
    if (!known) channels.set(channelId, (known = { at: new Map(), count: 0, countedAt: 0, seq: 0 }))
    return known
  }
  const wrote = ({ at }: Known, userId: Snowflake, time: number) => {
    if ((at.get(userId) ?? 0) >= time) return
    at.set(userId, time)
    if (at.size <= KEPT) return
    const [oldest] = [...at].reduce((a, b) => (b[1] < a[1] ? b : a))
    at.delete(oldest)
  }

  const look = (channelId: Snowflake, time: number): Liveliness => {
    const known = channels.get(channelId)
    if (!known) return QUIET
    for (const [userId, at] of known.at) if (at <= time - WRITERS_MS) known.at.delete(userId)
    const people = peopleIn(known, time)
    if (people === 0) {
      channels.delete(channelId)
      return QUIET
    }
    const me = client.snapshot()?.me.id
    const others = [...known.at].filter(([userId]) => userId !== me)
    const newest = others.sort(([, a], [, b]) => b - a).slice(0, FACES)
    return { glow: glowOf(people), userIds: people < LIVELY ? [] : newest.map(([userId]) => userId) }
  }

  /** Brings what is shown up to date, each channel at most every ten seconds. */
  const settle = () => {
    timer = undefined
    const time = now()
    let next = CALM_MS
    let moved = false
    for (const channelId of new Set([...channels.keys(), ...shown.keys()])) {
      const was = shown.get(channelId)
      const is = look(channelId, time)
      if (is.glow === (was?.glow ?? 0) && same(is.userIds, was?.userIds ?? [])) {
        if (is === QUIET) shown.delete(channelId)
        continue
      }
      if (was && time - was.since < CALM_MS) {
        next = Math.min(next, was.since + CALM_MS - time)
        continue
      }
      // The same people keep their order, and those who go leave it to the rest.
      const userIds = same(is.userIds, was?.userIds ?? []) && was ? was.userIds : is.userIds
      shown.set(channelId, { glow: is.glow, userIds, since: time })
      moved = true
    }
    if (moved) changed.notify()
    if (channels.size > 0 || shown.size > 0) later(next)
  }
  const later = (ms: number) => {
    if (timer !== undefined && due <= now() + ms) return
    clearTimeout(timer)
    due = now() + ms
    timer = setTimeout(settle, ms)
  }

  const learn = (writers: Readonly<Record<Snowflake, Writers>> | undefined) => {
    const time = now()
    for (const [channelId, { count, latest }] of Object.entries(writers ?? {})) {
      const known = knownOf(channelId)
      known.count = count
      known.countedAt = time
      for (const { userId, agoMs } of latest) wrote(known, userId, time - agoMs)
    }
    if (writers) later(0)
  }
  const packets = (news: EventPayload<"channel:changed">) => {
    for (const { channelId, head, items } of news) {
      const known = knownOf(channelId)
      // Before the first one it is not known what is new: then the head is, if nobody touched it.
      const seen = known.seq || head - 1
      for (const m of items)
        if (m.seq > seen && m.version === 1 && Object.keys(m.reactions).length === 0) wrote(known, m.authorId, now())
      known.seq = Math.max(known.seq, head)
    }
    later(0)
  }

  const offs = [
    client.on("gateway:ready", ({ writers }) => learn(writers)),
    client.on("channel:activity", ({ writers }) => learn(writers)),
    client.on("channel:changed", packets),
  ]
  return {
    get: (channelId: Snowflake): Liveliness => shown.get(channelId) ?? QUIET,
    subscribe: changed.subscribe,
    /** How many people are remembered, of all channels. */
    get size() {
      return [...channels.values()].reduce((sum, { at }) => sum + at.size, 0)
    },
    stop: () => {
      clearTimeout(timer)
      for (const off of offs) off()
    },
  }
}
export type LivelinessStore = ReturnType<typeof createLiveliness>

import { randomUUID } from "node:crypto"
import { createAdapter } from "@socket.io/redis-streams-adapter"
import type { Redis, RedisOptions } from "ioredis"
import type { Bus } from "../ports.ts"
import { openRedis, seldom } from "../redis-client.ts"
import { compareIds, field, idAfter, type RawRead, readInfo } from "./stream.ts"

export interface RedisBusOptions {
  /** How often the node checks that it still hears itself, in ms. */
  probeMs?: number
  /** How long a probe may be under way, in ms. */
  hearMs?: number
  commandTimeoutMs?: number
  /** How long the start waits for a Redis that does not say whether it is there, in ms. */
  connectMs?: number
  /** Between two gaps that are told, in ms: each makes every client of the node resync. */
  gapMs?: number
  /** Entries that the stream keeps: at least 60 s of the busiest minute. A node that is further behind has lost some, and says so. */
  maxLen?: number
  blockMs?: number
  readCount?: number
  /** What may wait for a Redis that does not answer. More is dropped: heads repair it. */
  maxUnanswered?: number
  maxUnsentBytes?: number
}
export const redisBusDefaults: Required<RedisBusOptions> = {
  probeMs: 5_000,
  hearMs: 1_000,
  commandTimeoutMs: 500,
  connectMs: 2_500,
  gapMs: 2_000,
  maxLen: 60_000,
  blockMs: 5_000,
  readCount: 200,
  maxUnanswered: 10_000,
  maxUnsentBytes: 16_777_216,
}

export interface RedisBusDeps {
  url: string
  /** Of the stream's name and of all keys; a deployment has one. */
  prefix: string
  options?: RedisBusOptions
  onError?: (error: Error) => void
  /** Publications that did not reach Redis. */
  onDropped?: (count: number) => void
  onGap?: (why: GapReason) => void
}
/** `lifted`: Redis lost its data. `lost`: entries fell off before they were read. `joined`: Redis was away at the start. */
export type GapReason = "lifted" | "lost" | "joined"

/** What of Socket.IO's cluster adapter is used beside its public face. */
interface ClusterAdapter {
  uid: string
  doPublish(message: unknown): Promise<unknown>
}
interface Internals {
  commandQueue: { length: number }
  stream?: { writableLength: number }
}
const BROADCAST = 3
const EVENT = 2

/**
 * Socket.IO's Redis Streams adapter, tamed. What it leaves to luck is done here, around the two connections that it is given:
 *
 * - publishing fails fast and never waits, reading waits for ever and never spins;
 * - the reader is watched: which entry it read last, and whether the node hears its own probes;
 * - an entry that was never read is noticed: fallen off while the node stood still, or gone with Redis' memory;
 * - a stream whose ids went backwards is lifted above what was read, as the adapter would stay deaf until they catch up.
 *
 * It publishes past the adapter's `broadcast`, which waits for Redis before it serves its own sockets and then walks over all
 * of them to leave them out.
 */
export const createRedisBus = (deps: RedisBusDeps): Bus => {
  const { url, prefix } = deps
  const stats = { lagMs: 0, dropped: 0, gaps: 0 }
  const onDropped = (count: number) => {
    stats.dropped += count
    deps.onDropped?.(count)
  }
  const onError = seldom(deps.onError)
  const options = { ...redisBusDefaults, ...deps.options }
  const { probeMs, hearMs, maxLen, blockMs, readCount, gapMs } = options
  const streamName = `${prefix}:bus`
  /** This run's name: it does not listen to itself. */
  const self = randomUUID()

  let adapter: ClusterAdapter | undefined
  let closed = false
  let state: "ready" | "deaf" | "away" = "away"
  let started = false
  let everReady = false
  const clients: Redis[] = []
  const gapListeners = new Set<() => void>()
  const topics = new Map<string, Set<(data: unknown) => void>>()

  /** The last entry that was read; null before the first. */
  let lastRead: string | null = null
  /** The oldest entry after which something may have been lost, and nobody has looked yet. */
  let unverified: string | null = null
  /** What was read when somebody looked last: a stream that is emptied under a living connection shows by it. */
  let lastVerified: string | null = null
  let heard: ((probe: string) => void) | undefined

  let toldAt = Number.NEGATIVE_INFINITY
  let telling: NodeJS.Timeout | undefined
  /** Several signs of one loss are told as one; a sign that comes after it was told is told again, a little later. */
  const gap = (why: GapReason) => {
    if (!started || telling) return
    telling = setTimeout(
      () => {
        telling = undefined
        toldAt = performance.now()
        stats.gaps++
        deps.onGap?.(why)
        for (const listener of gapListeners) guard(listener, undefined)
      },
      Math.max(0, toldAt + gapMs - performance.now()),
    ).unref()
  }
  const guard = <A>(listener: (value: A) => void, value: A) => {
    try {
      listener(value)
    } catch (error) {
      onError(error as Error)
    }
  }

  const publisher = openRedis(url, { commandTimeoutMs: options.commandTimeoutMs, onError })
  clients.push(publisher)
  publisher.on("close", () => {
    state = "away"
  })
  publisher.on("ready", () => check())
  // The adapter lets a failed PUBLISH go unhandled, which would end the process.
  const rawPublish = publisher.publish.bind(publisher)
  publisher.publish = ((...args: Parameters<typeof rawPublish>) =>
    rawPublish(...args).catch((error: Error) => {
      onError(error)
      return 0
    })) as typeof publisher.publish
  // The adapter makes its readers by duplicating what it publishes with, limits included: here they get their own.
  publisher.duplicate = () => tameReader()

  const readerOptions: RedisOptions = {
    commandTimeout: undefined,
    maxRetriesPerRequest: null,
    // Off, a dead Redis makes the adapter's read loop spin until nothing else runs.
    enableOfflineQueue: true,
    // A blocking read answers at least every `blockMs`: a connection that says nothing for longer is dead and does not know it.
    socketTimeout: blockMs + 5_000,
  }

  const tameReader = (): Redis => {
    const reader = openRedis(url, { onError }, readerOptions)
    clients.push(reader)
    reader.on("ready", () => {
      unverified ??= lastRead
      check()
    })
    // An unanswered SUBSCRIBE is rejected when the client is closed, and the adapter does not look.
    const subscribe = reader.subscribe.bind(reader) as (...channels: unknown[]) => Promise<unknown>
    reader.subscribe = ((...channels: unknown[]) =>
      subscribe(...channels).catch(onError)) as unknown as typeof reader.subscribe
    const xread = reader.xread.bind(reader) as unknown as (...args: unknown[]) => Promise<RawRead | null>
    reader.xread = (async (...args: unknown[]) => {
      // The loop of an adapter that nobody closed ends here.
      if (closed) return new Promise(() => {})
      try {
        const read = await xread(...args)
        if (read) take(read)
        return read
      } catch (error) {
        if (closed) return new Promise(() => {})
        onError(error as Error)
        // Redis may refuse in no time (loading, read-only): then the loop would spin.
        await new Promise((done) => setTimeout(done, 200).unref())
        throw error
      }
    }) as unknown as typeof reader.xread
    return reader
  }

  /** Looks through what the reader got, before the adapter does. */
  const take = (read: RawRead) => {
    const entries = read[0]?.[1] ?? []
    // Who fell off the stream finds it full: a batch that is not is the whole rest of it.
    if (entries.length >= Math.min(readCount, maxLen)) {
      unverified ??= lastRead
      if (unverified !== null) verify().catch(onError)
    }
    for (const [id, fields] of entries) {
      lastRead = id
      const from = field(fields, "from")
      if (from === undefined) continue
      // Whatever came between the loss and the lift, nobody has read.
      if (field(fields, "lifted") !== undefined) {
        unverified = null
        gap("lifted")
      }
      if (from === self) {
        const probe = field(fields, "probe")
        if (probe !== undefined) heard?.(probe)
        continue
      }
      const topic = field(fields, "topic")
      const listeners = topic === undefined ? undefined : topics.get(topic)
      if (!listeners) continue
      try {
        const data: unknown = JSON.parse(field(fields, "data") ?? "null")
        for (const listener of listeners) guard(listener, data)
      } catch (error) {
        onError(error as Error)
      }
    }
  }

  const info = async (): Promise<{ last: string; first: string | null }> => {
    try {
      return readInfo(await publisher.call("XINFO", "STREAM", streamName))
    } catch (error) {
      if (/no such key/i.test((error as Error).message)) return { last: "0-0", first: null }
      throw error
    }
  }

  /** Whether the stream still holds everything after `unverified`. The oldest entry only moves up, so looking late errs towards a gap. */
  const verify = async (): Promise<void> => {
    // Taken before the question: what the reader gets while it is under way is for the next.
    const from = unverified
    const read = lastRead
    unverified = null
    try {
      const { first } = await info()
      lastVerified = read
      if (from !== null && first !== null && compareIds(first, from) > 0) gap("lost")
    } catch (error) {
      unverified = from
      throw error
    }
  }

  const hear = (probe: string): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), hearMs)
      heard = (id) => {
        if (id !== probe) return
        clearTimeout(timer)
        resolve(true)
      }
    })

  const probe = async (): Promise<"ready" | "deaf" | "away"> => {
    try {
      const token = randomUUID()
      const hearing = hear(token)
      const fields = ["from", self, "probe", token]
      const read = lastRead
      const sentAt = performance.now()
      const { last } = await info()
      if (read !== null && lastRead !== null && compareIds(last, read) < 0) {
        // Another node may have lifted it higher in between: then this one is refused, and the next probe is an ordinary one.
        await publisher.xadd(streamName, idAfter(lastRead), ...fields, "lifted", "").catch((error: Error) => {
          if (!/equal or smaller/.test(error.message)) throw error
        })
      } else {
        await publisher.xadd(streamName, "MAXLEN", "~", maxLen, "*", ...fields)
        unverified ??= lastVerified
        if (unverified !== null) await verify()
      }
      const heardIt = await hearing
      stats.lagMs = performance.now() - sentAt
      return heardIt ? "ready" : "deaf"
    } catch (error) {
      if (!closed) onError(error as Error)
      return "away"
    }
  }

  let checking: Promise<void> | undefined
  let again = false
  let timer: NodeJS.Timeout | undefined
  /** Sends probes until one is heard, then every `probeMs`. A call while one is under way asks for one more. */
  const check = (): Promise<void> => {
    if (closed || !adapter) return Promise.resolve()
    if (checking) {
      again = true
      return checking
    }
    clearTimeout(timer)
    checking = (async () => {
      do {
        again = false
        const was = state
        state = await probe()
        // A reader that has not begun to read misses the first probe: the second comes at once, the others in turn.
        if (state === "deaf" && was !== "deaf") again = true
      } while (again && !closed)
      if (state === "ready" && !everReady) {
        everReady = true
        gap("joined")
      }
    })().finally(() => {
      checking = undefined
      if (!closed) timer = setTimeout(check, probeMs).unref()
    })
    return checking
  }

  const fits = (): boolean => {
    const { commandQueue, stream } = publisher as unknown as Internals
    return (
      publisher.status === "ready" &&
      commandQueue.length < options.maxUnanswered &&
      (stream?.writableLength ?? 0) < options.maxUnsentBytes
    )
  }
  const send = (write: () => Promise<unknown>): void => {
    if (closed) return
    if (!fits()) return onDropped(1)
    // A timeout is not a loss for sure: what was written may still arrive.
    write().catch((error: Error) => {
      if (closed) return
      onError(error)
      onDropped(1)
      if (state === "ready" && !checking) check()
    })
  }

  return {
    kind: "redis",
    attach(io) {
      const make = createAdapter(publisher, {
        streamName,
        channelPrefix: streamName,
        maxLen,
        readCount,
        blockTimeInMs: blockMs,
        onlyPlaintext: true,
      })
      // Socket.IO calls it with `new`, which an arrow function does not take.
      const factory = function (nsp: { name: string }) {
        const made = make(nsp)
        if (nsp.name === "/") adapter = made as unknown as ClusterAdapter
        return made
      }
      io.adapter(factory as unknown as Parameters<typeof io.adapter>[0])
    },
    async start() {
      // Until Redis answers, or the first attempt to reach it has failed.
      if (publisher.status !== "ready")
        await new Promise<void>((done) => {
          publisher.once("ready", done)
          publisher.once("close", done)
          // One that accepts the connection and says nothing is away too.
          setTimeout(done, options.connectMs).unref()
        })
      do await check()
      while (!closed && state === "deaf")
      started = true
    },
    publish(room, event, args, { volatile }) {
      const target = adapter
      if (!target) return
      send(() =>
        target.doPublish({
          uid: target.uid,
          nsp: "/",
          type: BROADCAST,
          data: {
            packet: { type: EVENT, data: [event, ...args], nsp: "/" },
            opts: { rooms: [room], except: [], flags: volatile ? { ephemeral: true } : {} },
          },
        }),
      )
    },
    tell(topic, data) {
      const json = JSON.stringify(data)
      send(() => publisher.xadd(streamName, "MAXLEN", "~", maxLen, "*", "from", self, "topic", topic, "data", json))
    },
    onTold(topic, listener) {
      let listeners = topics.get(topic)
      if (!listeners) topics.set(topic, (listeners = new Set()))
      const those = listeners
      those.add(listener)
      return () => those.delete(listener)
    },
    state: () => state,
    stats: () => ({ ...stats }),
    onGap(listener) {
      gapListeners.add(listener)
      return () => gapListeners.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      clearTimeout(telling)
      for (const client of clients) client.disconnect()
      await checking
    },
  }
}

import { AppError, type Packet, type Snowflake } from "@hearth/core"
import {
  type AppendResult,
  Contended,
  type Draft,
  type MessageStore,
  type Op,
  type OpResult,
} from "@hearth/db/message-store"
import type { Metrics } from "../metrics.ts"
import type { Forward, Owners } from "../ports.ts"
import type { Sizes } from "../timings.ts"
import { createViaOwner } from "./via-owner.ts"

export type Stored = Extract<AppendResult, { status: "stored" | "duplicate" }>

export interface ChannelLog {
  /** Numbers and stores one draft, together with those that wait beside it. Durable when it resolves. */
  append(channelId: Snowflake, draft: Draft): Promise<Appended>
  change(channelId: Snowflake, op: Op): Promise<OpResult>
  /** The same for a command that another node passed on: done here, whoever owns the channel now. */
  appendHere(channelId: Snowflake, draft: Draft): Promise<Appended>
  changeHere(channelId: Snowflake, op: Op): Promise<OpResult>
  readonly inFlight: number
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>
}

/** `isTold`: another node stored it, and tells those who do not look at the channel. */
export type Appended = AppendResult & { isTold?: boolean }

export interface ChannelLogDeps {
  store: MessageStore
  sizes: Sizes
  metrics: Metrics
  owners: Owners
  forward: Forward
  /** A compare-and-set of this node took effect. Called before the promises resolve. */
  onPacket: (packet: Packet, how: { kind: "append" | "change"; ms: number }) => void
  /** An append or change failed, and may have happened all the same. */
  onUnknown: (channelId: Snowflake) => void
  /** Whether this node tells those who do not look of what it stores in a channel: it has to know who they are. */
  tells: (channelId: Snowflake) => boolean
  /** Resolves when what was stored of a channel has left for who looks at it here. null: it has. */
  leaving: (channelId: Snowflake) => Promise<void> | null
  /** So long, in ms, what comes meanwhile gathers at most. */
  gatherMs: number
}

type Waiting =
  | {
      kind: "draft"
      draft: Draft
      bytes: number
      resolve: (result: AppendResult) => void
      reject: (error: unknown) => void
    }
  | { kind: "op"; op: Op; resolve: (result: OpResult) => void; reject: (error: unknown) => void }

const FULL_MS = 1000
const overloaded = () =>
  new AppError("UNAVAILABLE", "Too much is going on right now. Please try again in a moment.", {
    retryAfterMs: FULL_MS,
  })

const atMost = async (ms: number, work: Promise<void>): Promise<void> => {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, ms)
  await Promise.race([work, late.promise])
  clearTimeout(timer)
}

/**
 * One small actor a channel. While one append is under way, and while what it stored leaves for its viewers, the next drafts wait,
 * and one append takes them all: load makes it cheaper, and who comes alone waits for nobody. Who owns a channel is a hint for
 * speed: an owner that cannot do it is passed over, and the store's compare-and-set arbitrates.
 */
export const createChannelLog = ({
  store,
  sizes,
  metrics,
  owners,
  forward,
  onPacket,
  onUnknown,
  tells,
  leaving,
  gatherMs,
}: ChannelLogDeps): ChannelLog => {
  const queues = new Map<Snowflake, Waiting[]>()
  const idlers = new Set<() => void>()
  let inFlight = 0

  const leading = (queue: Waiting[]): Waiting[] => {
    const batch: Waiting[] = []
    const seen = new Set<string>()
    let bytes = 0
    for (const next of queue) {
      if (next.kind !== queue[0]?.kind || batch.length === sizes.batchDrafts) break
      if (next.kind === "draft") {
        const key = `${next.draft.authorId}:${next.draft.nonce}`
        bytes += next.bytes
        // The same nonce twice: the second is answered from what the first one stored.
        if (seen.has(key) || (batch.length > 0 && bytes > sizes.batchBytes)) break
        seen.add(key)
      } else if (next.op.kind === "react") {
        const key = `${next.op.seq}:${next.op.userId}`
        // One's own reactions are ordered by `mver`, and one change has one.
        if (seen.has(key)) break
        seen.add(key)
      }
      batch.push(next)
    }
    return batch
  }

  const runBatch = async (channelId: Snowflake, batch: Waiting[]): Promise<number> => {
    const begun = performance.now()
    try {
      if (batch[0]?.kind === "draft") {
        const drafts: Draft[] = []
        for (const w of batch) if (w.kind === "draft") drafts.push(w.draft)
        const { results, packet } = await store.append(channelId, drafts)
        metrics.batch.observe(results.length)
        if (packet) onPacket(packet, { kind: "append", ms: performance.now() - begun })
        results.forEach((result, i) => {
          const waiting = batch[i]
          if (waiting?.kind === "draft") waiting.resolve(result)
        })
        return results.length
      }
      const ops: Op[] = []
      for (const w of batch) if (w.kind === "op") ops.push(w.op)
      const { results, packets } = await store.change(channelId, ops)
      for (const packet of packets) onPacket(packet, { kind: "change", ms: performance.now() - begun })
      batch.forEach((waiting, i) => {
        const result = results[i]
        if (waiting.kind !== "op") return
        if (result) waiting.resolve(result)
        else waiting.reject(new Error("the store answered fewer results than it was given changes"))
      })
      return batch.length
    } finally {
      metrics.append.observe({ store: store.kind }, performance.now() - begun)
    }
  }

  const run = async (channelId: Snowflake, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      let batch = leading(queue)
      // What was stored before would be in the way of what is stored now: a batch that may still grow waits until it has left.
      const mayGrow = batch.length === queue.length && batch.length < sizes.batchDrafts
      const left = mayGrow ? leaving(channelId) : null
      if (left) {
        await atMost(gatherMs, left)
        batch = leading(queue)
      }
      try {
        const taken = await runBatch(channelId, batch)
        if (taken < 1) throw new Error("the store took nothing")
        queue.splice(0, taken)
        inFlight -= taken
      } catch (error) {
        // A store that cannot answer in time will not answer the rest either: nobody waits for several timeouts.
        const failed =
          error instanceof AppError && error.code === "UNAVAILABLE" ? queue.splice(0) : queue.splice(0, batch.length)
        inFlight -= failed.length
        onUnknown(channelId)
        for (const waiting of failed) waiting.reject(error)
      }
    }
    queues.delete(channelId)
    if (inFlight > 0) return
    for (const done of idlers) done()
    idlers.clear()
  }

  const enqueue = (channelId: Snowflake, waiting: Waiting): void => {
    const queue = queues.get(channelId)
    if (inFlight >= sizes.inFlight) return waiting.reject(overloaded())
    // Of one channel no other node could write more.
    if (queue && queue.length >= sizes.inFlightOfChannel) return waiting.reject(new Contended(FULL_MS))
    inFlight++
    if (queue) {
      queue.push(waiting)
      return
    }
    const fresh = [waiting]
    queues.set(channelId, fresh)
    void run(channelId, fresh)
  }

  const appendHere = (channelId: Snowflake, draft: Draft): Promise<AppendResult> =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.byteLength(draft.content) + 256
      enqueue(channelId, { kind: "draft", draft, bytes, resolve, reject })
    })

  const changeHere = (channelId: Snowflake, op: Op): Promise<OpResult> =>
    new Promise((resolve, reject) => enqueue(channelId, { kind: "op", op, resolve, reject }))

  const viaOwner = createViaOwner({ owners, forward })

  return {
    append: (channelId, draft) =>
      viaOwner(channelId, { kind: "append", body: { channelId, draft } }, () => appendHere(channelId, draft)),
    change: (channelId, op) =>
      viaOwner(channelId, { kind: "change", body: { channelId, op } }, () => changeHere(channelId, op)),
    appendHere: async (channelId, draft) => {
      const result = await appendHere(channelId, draft)
      return { ...result, isTold: result.status === "stored" && tells(channelId) }
    },
    changeHere,
    get inFlight() {
      return inFlight
    },
    idle: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => idlers.add(resolve))),
  }
}

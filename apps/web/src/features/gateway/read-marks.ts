import { AppError, errorCodes, type Snowflake } from "@hearth/core"
import { comeBackIn } from "./backoff.ts"
import type { GatewayClient } from "./gateway-client.ts"

const INTERVAL_MS = 500

/** Sends the newest read mark of each channel, at most one in half a second; what did not arrive is repeated, at once on the next connection. */
export const createReadMarks = (
  client: Pick<GatewayClient, "request" | "apply" | "onOnline" | "snapshot" | "connection">,
) => {
  const wanted = new Map<Snowflake, number>()
  /** Set back by the reader, who still looks at them: what is on the screen there counts as read only when they come back. */
  const kept = new Set<Snowflake>()
  const timers = new Map<Snowflake, ReturnType<typeof setTimeout>>()
  const failures = new Map<Snowflake, number>()
  let stopped = false

  const stored = (channelId: Snowflake) =>
    client.snapshot()?.readStates.find((r) => r.channelId === channelId)?.lastReadSeq ?? 0

  /** The same also of a thread, as far as it is known: a thread is marked again whenever it is told as unread. */
  const standing = (channelId: Snowflake) => stored(channelId) || (client.snapshot()?.threadReads?.[channelId] ?? 0)

  const show = (channelId: Snowflake, lastReadSeq: number) => client.apply("read:marked", { channelId, lastReadSeq })

  const flush = async (channelId: Snowflake) => {
    timers.delete(channelId)
    const seq = wanted.get(channelId)
    if (seq === undefined) return
    try {
      const { lastReadSeq } = await client.request("read:mark", { channelId, seq })
      failures.delete(channelId)
      // Set back while it was on its way: the gateway hears of that after this.
      if (kept.has(channelId)) return
      show(channelId, Math.max(lastReadSeq, wanted.get(channelId) ?? 0))
      if (wanted.get(channelId) === seq) wanted.delete(channelId)
      else schedule(channelId)
    } catch (error) {
      // What was refused is kept in `wanted`: the next connection may be told more.
      if (!(error instanceof AppError) || !errorCodes[error.code].retry) return
      const failed = failures.get(channelId) ?? 0
      failures.set(channelId, failed + 1)
      schedule(channelId, Math.max(INTERVAL_MS, comeBackIn(error, failed)))
    }
  }

  const schedule = (channelId: Snowflake, afterMs = INTERVAL_MS) => {
    // The next connection repeats it.
    if (stopped || client.connection().status !== "online") return
    // At once is sooner than what waits.
    if (afterMs > 0 && timers.has(channelId)) return
    clearTimeout(timers.get(channelId))
    timers.set(
      channelId,
      setTimeout(() => void flush(channelId), afterMs),
    )
  }

  client.onOnline(() => {
    stopped = false
    failures.clear()
    for (const channelId of wanted.keys()) {
      clearTimeout(timers.get(channelId))
      timers.delete(channelId)
      schedule(channelId)
    }
  })

  return {
    /** Everything up to `seq` was seen. Lower than what is known: changes nothing. */
    mark: (channelId: Snowflake, seq: number, afterMs = INTERVAL_MS) => {
      if (kept.has(channelId)) return
      if (seq > Math.max(stored(channelId), wanted.get(channelId) ?? 0)) {
        wanted.set(channelId, seq)
        show(channelId, seq)
      } else if (afterMs > 0) return
      schedule(channelId, afterMs)
    },
    /** From that message on nothing was read, until the reader has left the channel. */
    markUnread: async (channelId: Snowflake, seq: number) => {
      const before = standing(channelId)
      kept.add(channelId)
      wanted.delete(channelId)
      show(channelId, seq - 1)
      try {
        await client.request("read:mark", { channelId, seq: seq - 1, unread: true })
      } catch (error) {
        kept.delete(channelId)
        // Unless more is known by now. It may have arrived all the same: what stands here is told.
        if (standing(channelId) === seq - 1) {
          show(channelId, before)
          wanted.set(channelId, before)
          schedule(channelId)
        }
        throw error
      }
    },
    /** The reader left the channel, or says that they have seen it. */
    release: (channelId: Snowflake) => void kept.delete(channelId),
    /** Everything in the server was read; null: everything. */
    markAll: async (guildId: Snowflake | null) => {
      kept.clear()
      await client.request("read:all", { guildId })
    },
    /** With its client, which may be started again. */
    stop: () => {
      stopped = true
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
export type ReadMarks = ReturnType<typeof createReadMarks>

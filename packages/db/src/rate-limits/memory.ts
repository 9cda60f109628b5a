import { steadyNow } from "@hearth/core"
import type { Limit, RateLimits, Take, Taken } from "./port.ts"

export interface MemoryRateLimitsOptions {
  /** ms that only ever go on. Tests move it. */
  clock?: () => number
  /** Buckets that are kept; full ones are forgotten first. */
  maxBuckets?: number
}

/**
 * Limits of this process, by GCRA: a bucket is one moment, its theoretical arrival time. The further it lies ahead, the
 * emptier the bucket; one that lies in the past is full, and need not be kept.
 */
export const openMemoryRateLimits = ({
  clock = steadyNow,
  maxBuckets = 100_000,
}: MemoryRateLimitsOptions = {}): RateLimits => {
  const arrivals = new Map<string, number>()
  const keyOf = ({ limit, subject }: Take) => `${limit.name}\n${subject}`
  const stepOf = (limit: Limit) => 1000 / limit.perSecond

  const forgetFull = (now: number) => {
    for (const [key, at] of arrivals) if (at <= now) arrivals.delete(key)
    // All of them in use, by more subjects than one process can know: the oldest make room, for more than one at a time.
    for (const key of arrivals.keys()) {
      if (arrivals.size <= maxBuckets * 0.9) break
      arrivals.delete(key)
    }
  }

  return {
    take: async (takes, cost = 1): Promise<Taken> => {
      const now = clock()
      const next = takes.map((take) => {
        const step = stepOf(take.limit)
        const at = Math.max(arrivals.get(keyOf(take)) ?? 0, now) + step * cost
        return { key: keyOf(take), at, wait: at - step * take.limit.burst - now }
      })
      const wait = Math.max(0, ...next.map((n) => n.wait))
      if (wait > 0) return { ok: false, retryAfterMs: Math.ceil(wait) }
      for (const { key, at } of next) arrivals.set(key, at)
      if (arrivals.size > maxBuckets) forgetFull(now)
      return { ok: true }
    },
    refund: async (takes, cost = 1) => {
      for (const take of takes) {
        const at = arrivals.get(keyOf(take))
        if (at !== undefined) arrivals.set(keyOf(take), at - stepOf(take.limit) * cost)
      }
    },
    close: async () => {},
  }
}

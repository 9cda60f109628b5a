import { dbLog } from "./logger.ts"
import { once } from "./once.ts"

/** While Redis is away its client fails again and again, at least each second: no failure for this long, and it is back. */
const BACK_AFTER_MS = 5000

export interface RedisWatch {
  failed: (error: Error) => void
  /** Whether limits are counted in this process just now. */
  isAway: () => boolean
}

export const watchRedis = (now: () => number, onAway: (error: Error) => void): RedisWatch => {
  let failedAt = Number.NEGATIVE_INFINITY
  const isAway = () => now() - failedAt < BACK_AFTER_MS
  return {
    failed: (error) => {
      // Said once an outage, not once a second.
      if (!isAway()) onAway(error)
      failedAt = now()
    },
    isAway,
  }
}

export const redisWatch = once("redis-watch", () =>
  watchRedis(
    () => performance.now(),
    (err) => dbLog().warn({ err }, "Redis is away: limits are counted in this process"),
  ),
)

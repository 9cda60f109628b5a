import { AppError, type Snowflake } from "@hearth/core"
import type { RateLimits, Take } from "@hearth/db/rate-limits"

export interface Sending {
  channelId: Snowflake
  userId: Snowflake
  nonce: string
  /** Seconds between two messages; 0: no slow mode for them here. */
  seconds: number
}

/**
 * What a message takes of slow mode: the author's turn in the channel, and with it, in the same step, a mark of its nonce. Both
 * run out together. So a retry, on whatever node, is known by the mark while its own message holds the turn.
 */
export const slowmodeTakes = ({ channelId, userId, nonce, seconds }: Sending): Take[] => {
  if (seconds === 0) return []
  // By its length: a turn of an hour must not outlive the change to a minute.
  const limit = { name: `slow:${seconds}`, burst: 1, perSecond: 1 / seconds }
  return [
    { limit, subject: `${channelId}:${userId}` },
    { limit: { ...limit, name: `slow-nonce:${seconds}` }, subject: `${channelId}:${userId}:${nonce}` },
  ]
}

/** Takes all of it, or of a retry only `others`. Answers what was taken. */
export const takeTurn = async (
  limits: RateLimits,
  others: readonly Take[],
  sending: Sending,
): Promise<readonly Take[]> => {
  const slow = slowmodeTakes(sending)
  const all = [...others, ...slow]
  const taken = await limits.take(all)
  if (taken.ok) return all
  // A look that takes nothing: of a bucket that holds none, nothing can be had once it was touched.
  const isHeld = async (take: Take) => !(await limits.take([{ ...take, limit: { ...take.limit, burst: 0 } }], 0)).ok
  const [turnIsHeld, isRetry] = await Promise.all(slow.map(isHeld))
  if (turnIsHeld) {
    if (!isRetry)
      throw new AppError("RATE_LIMITED", "This channel is in slow mode. Please wait a moment.", {
        retryAfterMs: taken.retryAfterMs,
      })
    const retried = await limits.take(others)
    if (retried.ok) return others
    throw tooFast(retried.retryAfterMs)
  }
  throw tooFast(taken.retryAfterMs)
}

export const tooFast = (retryAfterMs: number) =>
  new AppError("RATE_LIMITED", "You are writing too fast. Please wait a moment.", { retryAfterMs })

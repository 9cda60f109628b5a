interface BackoffOptions {
  base?: number
  cap?: number
  random?: () => number
}

/** Exponential backoff with full jitter: a random part of a ceiling that doubles. Milliseconds. */
export const backoff = (
  attempt: number,
  { base = 500, cap = 30_000, random = Math.random }: BackoffOptions = {},
): number => Math.round(random() * Math.min(cap, base * 2 ** Math.min(attempt, 20)))

/**
 * How long to wait after a failure. Whoever said when to come back is there, and expects it: then it takes at most 5 s, however
 * often it failed before. What was away for a minute is used again when it is back, not half a minute later.
 */
export const comeBackIn = (
  { retryAfterMs }: { retryAfterMs?: number | undefined },
  attempt: number,
  options: BackoffOptions = {},
): number =>
  retryAfterMs === undefined
    ? backoff(attempt, options)
    : Math.max(retryAfterMs, backoff(attempt, { ...options, cap: 5_000 }))

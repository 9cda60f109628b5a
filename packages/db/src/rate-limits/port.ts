/** A token bucket by GCRA: `burst` at once, `perSecond` for ever. */
export interface Limit {
  /** Part of the key, so that two limits of one subject do not meet. */
  name: string
  burst: number
  perSecond: number
}
export interface Take {
  limit: Limit
  /** Whom it counts: a user id, an address, a channel and a user. */
  subject: string
}
export type Taken = { ok: true } | { ok: false; retryAfterMs: number }

/**
 * Limits over all nodes. Losing Redis never means "unlimited": the adapter then counts in this process.
 */
export interface RateLimits {
  /** Takes `cost` from every bucket or from none, in one script. Resolves within 500 ms, whatever Redis does. */
  take(takes: readonly Take[], cost?: number): Promise<Taken>
  /** Gives back what was taken for something that turned out to be a retry. Never fails. */
  refund(takes: readonly Take[], cost?: number): Promise<void>
  close(): Promise<void>
}

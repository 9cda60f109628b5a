/** In ms. */
export interface PresenceOptions {
  /** How long a user counts as here after their last connection left: so a reload is not seen. */
  graceMs?: number
  /** How long moves gather before other nodes are told and watchers look. */
  gatherMs?: number
  /** Between two packets to one connection. */
  packetMs?: number
  /**
   * In so long everything that is watched is read anew, once: a doorbell may not have rung. That is once in each turn, at another
   * time when many come or go: at most two turns lie between two readings.
   */
  sweepMs?: number
  /** How often it is kept that somebody who stays is active. */
  activeMs?: number
}
export const presenceDefaults: Required<PresenceOptions> = {
  graceMs: 10_000,
  gatherMs: 100,
  packetMs: 1_000,
  sweepMs: 30_000,
  activeMs: 300_000,
}

import type { Bodies } from "../bodies.ts"
import type { Breaker } from "../breaker.ts"
import { MAX_ROUNDS } from "../rounds.ts"
import type { Deadline, Link } from "./link.ts"
import type { Scopes } from "./scopes.ts"

/** What the store's parts share. */
export interface Context {
  link: Link
  scopes: Scopes
  breaker: Breaker
  macKey: Buffer
  bodies: Bodies
  clock: () => number
  /** How long a compare-and-set may take before it counts as unknown, in ms. */
  casTimeoutMs: number
}

const ROUND_MS = 30

/** Whether a writer that was refused tries again: a few times, and while there is time for a round. */
export const mayTry = (round: number, deadline: Deadline): boolean => round < MAX_ROUNDS && deadline.has(ROUND_MS)

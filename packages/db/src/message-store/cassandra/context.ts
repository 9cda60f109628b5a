import { setTimeout as delay } from "node:timers/promises"
import { AppError } from "@hearth/core"
import type { Breaker } from "../breaker.ts"
import type { Deadline, Link } from "./link.ts"
import type { Scopes } from "./scopes.ts"

/** What the store's parts share. */
export interface Context {
  link: Link
  scopes: Scopes
  breaker: Breaker
  macKey: Buffer
  clock: () => number
  /** How long a compare-and-set may take before it counts as unknown, in ms. */
  casTimeoutMs: number
}

const MAX_ROUNDS = 10
const ROUND_MS = 30

/** Whether a writer that was refused tries again: a few times, and while there is time for a round. */
export const mayTry = (round: number, deadline: Deadline): boolean => round < MAX_ROUNDS && deadline.has(ROUND_MS)

/** Refused: somebody else was faster. A moment apart, longer each time, the two do not meet for ever. */
export const stepAside = (round: number) => delay(Math.random() * Math.min(10 * 2 ** round, 80))

export const contended = () =>
  new AppError("UNAVAILABLE", "Many people write here at once. Try again in a moment.", { retryAfterMs: 200 })

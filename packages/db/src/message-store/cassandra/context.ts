import { setTimeout as delay } from "node:timers/promises"
import { AppError } from "@hearth/core"
import type { Breaker } from "../breaker.ts"
import type { Link } from "./link.ts"
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

export const MAX_ROUNDS = 5

/** Refused: somebody else was faster. A moment apart, the two do not meet again. */
export const stepAside = () => delay(Math.random() * 10)

export const contended = () =>
  new AppError("UNAVAILABLE", "Many people write here at once. Try again in a moment.", { retryAfterMs: 200 })

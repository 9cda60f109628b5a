import { setTimeout as delay } from "node:timers/promises"
import { AppError } from "@hearth/core"

/** How often a writer that was refused tries again. */
export const MAX_ROUNDS = 10

/** Refused: somebody else was faster. A moment apart, longer each time, the two do not meet for ever. */
export const stepAside = (round: number) => delay(Math.random() * Math.min(10 * 2 ** round, 80))

export const contended = () =>
  new AppError("UNAVAILABLE", "Many people write here at once. Try again in a moment.", { retryAfterMs: 200 })

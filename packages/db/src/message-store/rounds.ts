import { setTimeout as delay } from "node:timers/promises"
import { AppError } from "@hearth/core"

/** How often a writer that was refused tries again. */
export const MAX_ROUNDS = 10

/** Refused: somebody else was faster. A moment apart, longer each time, the two do not meet for ever. */
export const stepAside = (round: number) => delay(Math.random() * Math.min(10 * 2 ** round, 80))

/** Others write there at the same time. The store is well, and one more writer makes it worse. */
export class Contended extends AppError {
  constructor(retryAfterMs = 200) {
    super("UNAVAILABLE", "Many people write here at once. Try again in a moment.", { retryAfterMs })
  }
}

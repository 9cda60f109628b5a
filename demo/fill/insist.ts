import { setTimeout as delay } from "node:timers/promises"
import { AppError } from "@hearth/core"

/** As any client does: the same again, with the same nonces, when the store says "in a moment". */
export const insist = async <T>(attempt: () => Promise<T>, signal: AbortSignal, forMs = 120_000): Promise<T> => {
  const giveUp = Date.now() + forMs
  for (;;) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "UNAVAILABLE" || Date.now() > giveUp) throw error
      await delay(Math.min(error.retryAfterMs ?? 200, 1000), undefined, { signal })
    }
  }
}

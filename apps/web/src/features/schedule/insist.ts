import { comeBackIn } from "../gateway/backoff.ts"
import { toAppError } from "../trpc/index.ts"

const MAX_TRIES = 4
const restFor = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Asks again, a few times, while nobody knows whether it was done. For what is harmless when it is done twice. */
export const insist = async <T>(ask: () => Promise<T>, rest: (ms: number) => Promise<void> = restFor): Promise<T> => {
  for (let tried = 1; ; tried++) {
    try {
      return await ask()
    } catch (error) {
      const failure = toAppError(error)
      if (failure.code !== "UNAVAILABLE" || tried === MAX_TRIES) throw failure
      await rest(comeBackIn(failure, tried))
    }
  }
}

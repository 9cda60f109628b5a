import { AppError } from "@hearth/core"

export interface BreakerOptions {
  /** What people are told. */
  sentence: string
  /** Which failures mean that the store is out of reach. Others pass through: AppErrors are answers, the rest are bugs. */
  isOutage: (error: unknown) => boolean
  /** No call takes longer, in ms. */
  limitMs: number
  /** How many may be under way at once. Who comes on top is refused: they would only wait until their time is over. */
  maxInFlight?: number
  /** Outages in a row until calls are refused at once. */
  threshold?: number
  /** How long they are, in ms. Then one call tries. */
  openMs?: number
}

/** An outage that the store itself found out: no connection, no answer in time. */
export class StoreAway extends Error {}

/**
 * Turns an outage into UNAVAILABLE, within the limit, and while it lasts at once: who waits for a dead store only adds to
 * the queue that it will have to work off.
 */
export class Breaker {
  readonly #options: Required<BreakerOptions>
  #outages = 0
  #openUntil = 0
  #trying = false
  #inFlight = 0
  #last: unknown

  constructor(options: BreakerOptions) {
    this.#options = { maxInFlight: 1024, threshold: 3, openMs: 500, ...options }
  }

  async run<T>(work: () => Promise<T>, limitMs = this.#options.limitMs): Promise<T> {
    const now = performance.now()
    const open = this.#openUntil > 0
    if (open && (now < this.#openUntil || this.#trying))
      throw this.unavailable(undefined, Math.max(100, Math.ceil(this.#openUntil - now)))
    if (this.#inFlight >= this.#options.maxInFlight) throw this.unavailable()
    if (open) this.#trying = true
    this.#inFlight++
    try {
      const result = await withLimit(work(), limitMs)
      this.#outages = 0
      this.#openUntil = 0
      return result
    } catch (error) {
      if (error instanceof AppError || !(error instanceof StoreAway || this.#options.isOutage(error))) {
        // It answered: that is all the breaker wants to know.
        this.#outages = 0
        this.#openUntil = 0
        throw error
      }
      // One statement of many calls fails once.
      if (error !== this.#last) this.#outages++
      this.#last = error
      if (open || this.#outages >= this.#options.threshold) this.trip()
      throw this.unavailable(error)
    } finally {
      this.#inFlight--
      if (open) this.#trying = false
    }
  }

  /** Opens at once: somebody knows for sure. */
  trip(): void {
    this.#openUntil = performance.now() + this.#options.openMs
  }

  unavailable(cause?: unknown, retryAfterMs: number = this.#options.openMs): AppError {
    return new AppError("UNAVAILABLE", this.#options.sentence, { retryAfterMs, cause })
  }
}

const withLimit = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreAway(`no answer in ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
    // What comes of it later is nobody's business any more: the next read or retry finds out.
    work.catch(() => {})
  }
}

export interface Pace {
  /**
   * Resolves when it is the caller's turn. null: it is, at once. What the caller itself does until it waits for anything counts for
   * the slice: not what is done behind another `await`, as that of a function that returns.
   */
  turn(): Promise<void> | null
  readonly waiting: number
}

/**
 * For what many do in one moment, as a crowd that is answered by one read: in the order in which they came, in slices of so many
 * ms, and after each the loop serves what else has come. Who comes alone waits for nobody.
 */
export const createPace = (sliceMs: number, now: () => number = () => performance.now()): Pace => {
  const queue: (() => void)[] = []
  /** When the slice of this turn of the loop ends. null: none has begun. */
  let end: number | null = null

  const begin = (): void => {
    end = now() + sliceMs
    setImmediate(next)
  }
  const next = (): void => {
    if (queue.length === 0) {
      end = null
      return
    }
    begin()
    release()
  }
  /** One after the other: what each does before it waits again is done before the microtask that looks at the time. */
  const release = (): void => {
    const first = queue.shift()
    if (!first) return
    first()
    queueMicrotask(() => {
      if (end !== null && now() < end) release()
    })
  }

  return {
    turn() {
      if (end === null) begin()
      if (queue.length === 0 && end !== null && now() < end) return null
      return new Promise((resolve) => queue.push(resolve))
    },
    get waiting() {
      return queue.length
    },
  }
}

const STEP_MS = 10

/**
 * Milliseconds since now, as a machine counts them that has nothing else to do: a turn of the loop that comes late, since others
 * had the processor, counts as two turns at most. For promises of speed, which a stall of the machine does not break.
 */
export const stopwatch = (): (() => number) => {
  let ms = 0
  let last = performance.now()
  const turn = () => {
    const now = performance.now()
    ms += Math.min(now - last, 2 * STEP_MS)
    last = now
  }
  const timer = setInterval(turn, STEP_MS)
  timer.unref()
  return () => {
    turn()
    clearInterval(timer)
    return ms
  }
}

/**
 * Milliseconds that only ever go on, whatever is done to the wall clock: for how long something lasts, never for when it was.
 * They begin at about Unix time, so that 0 is long ago.
 */
export const steadyNow = (): number => performance.timeOrigin + performance.now()

/** Unix ms from which on one may send again, by what is known: one's newest message here, and when it was first seen. */
export const nextTurn = (seconds: number, lastAt: number | undefined, seenAt: number): number =>
  // Our clock may be behind the server's, or far ahead: nobody waits longer than the whole time.
  lastAt === undefined ? 0 : Math.min(lastAt, seenAt) + seconds * 1000

/** Answers when one's turn comes. `lastAt` is looked up at each question, and the clock only when it has changed. */
export const createTurn = (seconds: number, lastAt: () => number | undefined, now: () => number = Date.now) => {
  let seen: { at: number | undefined; until: number } | null = null
  return (): number => {
    const at = lastAt()
    if (!seen || seen.at !== at) seen = { at, until: nextTurn(seconds, at, now()) }
    return seen.until
  }
}

/** The newest of what is known. */
export const latest = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((at) => at !== undefined)
  return known.length > 0 ? Math.max(...known) : undefined
}

/** "0:09", "1:02:03". */
export const countdown = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000)
  const two = (n: number) => String(n).padStart(2, "0")
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

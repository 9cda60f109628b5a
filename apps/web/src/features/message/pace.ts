/** What the gateway takes of one account (SPEC §9), less one: sends bunch up on their way. */
const AT_ONCE = 9
const EVERY_MS = 200

/** One bucket over everything that is sent, so that a long queue is not refused on its way. */
export const createPace = (now: () => number = () => performance.now()) => {
  let fullAt = 0
  return {
    /** How long until the next one may go. */
    waitMs: (): number => Math.max(0, fullAt - now() - (AT_ONCE - 1) * EVERY_MS),
    went: (): void => {
      fullAt = Math.max(fullAt, now()) + EVERY_MS
    },
  }
}

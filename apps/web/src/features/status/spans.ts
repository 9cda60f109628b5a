/** For how long a status can hold. */
export const spans = ["half", "hour", "hours", "today", "never"] as const
export type Span = (typeof spans)[number]

const HOUR = 3_600_000

/** In ms from now, by the reader's calendar; none: until it is changed. */
export const msOf = (span: Span, now: number): number | undefined => {
  switch (span) {
    case "half":
      return HOUR / 2
    case "hour":
      return HOUR
    case "hours":
      return 4 * HOUR
    case "today":
      return new Date(now).setHours(24, 0, 0, 0) - now
    case "never":
      return undefined
  }
}

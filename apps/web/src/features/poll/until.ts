import type { Formats } from "../../i18n/formats.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "in 3 hours": how far away it is, rounded up, so that it is never said to be over before it is. */
export const untilThen = (ms: number, { near }: Pick<Formats, "near">): string => {
  if (ms >= 2 * DAY) return near(Math.ceil(ms / DAY), "day")
  if (ms >= 2 * HOUR) return near(Math.ceil(ms / HOUR), "hour")
  return near(Math.max(1, Math.ceil(ms / MINUTE)), "minute")
}

const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric" })
const near = new Intl.RelativeTimeFormat("en", { numeric: "auto" })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "in 3 hours", "2 days ago"; a date when it is further than a month away. Unix ms. */
export const when = (at: number, now: number = Date.now()): string => {
  const diff = at - now
  const size = Math.abs(diff)
  if (size < MINUTE) return diff > 0 ? "in a minute" : "just now"
  if (size < HOUR) return near.format(Math.trunc(diff / MINUTE), "minute")
  if (size < DAY) return near.format(Math.trunc(diff / HOUR), "hour")
  if (size < 31 * DAY) return near.format(Math.trunc(diff / DAY), "day")
  return day.format(at)
}

// The browser's own language and clock. Formatters are costly to make: once each.
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" })
const dayWithYear = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
})
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" })

export const clockTime = (ms: number): string => time.format(ms)
export const fullTime = (ms: number): string => full.format(ms)
export const isoTime = (ms: number): string => new Date(ms).toISOString()

const startOfDay = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** "Today", "Yesterday" or nothing, and the date itself. */
export const dayName = (ms: number, now = Date.now()): { near: string | null; date: string } => {
  const days = Math.round((startOfDay(now) - startOfDay(ms)) / 86_400_000)
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear()
  return {
    near: days === 0 ? "Today" : days === 1 ? "Yesterday" : null,
    date: (sameYear ? day : dayWithYear).format(ms),
  }
}

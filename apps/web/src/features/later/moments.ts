const HOUR = 3_600_000

/** When one comes back to things, by the clock of the reader. */
export const inAnHour = (now: number): number => now + HOUR

export const tomorrowMorning = (now: number): number => {
  const day = new Date(now)
  // By the calendar: a day is not always 24 hours long.
  day.setDate(day.getDate() + 1)
  return day.setHours(9, 0, 0, 0)
}

/** The next one, and not today. */
export const mondayMorning = (now: number): number => {
  const day = new Date(now)
  day.setDate(day.getDate() + ((8 - day.getDay()) % 7 || 7))
  return day.setHours(9, 0, 0, 0)
}

const two = (n: number) => String(n).padStart(2, "0")

/** As a field for day and time has it: the reader's time, without a zone. */
export const toField = (at: number): string => {
  const d = new Date(at)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`
}

/** Null: that is no time, or it is over. */
export const fromField = (value: string, now: number): number | null => {
  const at = new Date(value).getTime()
  return Number.isNaN(at) || at <= now ? null : at
}

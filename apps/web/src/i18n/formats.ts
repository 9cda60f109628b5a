import { useLocale } from "next-intl"

// English days are written as in Britain, as they always were here.
const daysOf = (locale: string) => (locale === "en" ? "en-GB" : locale)

const createFormats = (locale: string) => {
  const days = daysOf(locale)
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
  const day = new Intl.DateTimeFormat(days, { weekday: "long", day: "numeric", month: "long" })
  const dayWithYear = new Intl.DateTimeFormat(days, { weekday: "long", day: "numeric", month: "long", year: "numeric" })
  const full = new Intl.DateTimeFormat(days, { dateStyle: "full", timeStyle: "short" })
  const date = new Intl.DateTimeFormat(days, { day: "numeric", month: "long", year: "numeric" })
  const near = new Intl.RelativeTimeFormat(locale, { numeric: "auto" })
  const list = new Intl.ListFormat(days, { type: "conjunction" })
  const number = new Intl.NumberFormat(locale)
  const about = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
  return {
    /** "14:05" */
    clock: (ms: number) => clock.format(ms),
    /** "Monday 23 November" */
    day: (ms: number) => day.format(ms),
    dayWithYear: (ms: number) => dayWithYear.format(ms),
    /** "Monday, 23 November 2026 at 14:05" */
    full: (ms: number) => full.format(ms),
    /** "23 November 2026" */
    date: (ms: number) => date.format(ms),
    /** "in 3 hours", "yesterday" */
    near: (n: number, unit: Intl.RelativeTimeFormatUnit) => near.format(n, unit),
    /** "Ada, Ben and Cleo" */
    list: (items: readonly string[]) => list.format(items),
    /** "1,234" */
    number: (n: number) => number.format(n),
    /** "123,000" */
    about: (n: number) => about.format(n),
  }
}
export type Formats = ReturnType<typeof createFormats>

// Formatters are costly to make: once a language.
const made = new Map<string, Formats>()

/** Times and numbers as a language writes them, by the clock of who runs this: in a browser, the reader's own. */
export const formatsOf = (locale: string): Formats => {
  const formats = made.get(locale) ?? createFormats(locale)
  made.set(locale, formats)
  return formats
}

export const useFormats = (): Formats => formatsOf(useLocale())

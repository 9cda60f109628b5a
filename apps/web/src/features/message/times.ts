import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { type Formats, useFormats } from "../../i18n/formats.ts"

export const isoTime = (ms: number): string => new Date(ms).toISOString()

const startOfDay = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0)

/** Whether it is today or yesterday, and the date itself. */
export const dayName = (
  ms: number,
  formats: Formats,
  now = Date.now(),
): { near: "today" | "yesterday" | null; date: string } => {
  const days = Math.round((startOfDay(now) - startOfDay(ms)) / 86_400_000)
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear()
  return {
    near: days === 0 ? "today" : days === 1 ? "yesterday" : null,
    date: sameYear ? formats.day(ms) : formats.dayWithYear(ms),
  }
}

/** "Today", "Yesterday" or nothing, and the date, in the reader's language. */
export const useDayName = () => {
  const t = useTranslations("message")
  const formats = useFormats()
  return useCallback(
    (ms: number) => {
      const { near, date } = dayName(ms, formats)
      return { near: near && t(near), date }
    },
    [t, formats],
  )
}

/** Since when there is something new: with its day, where the first that is new was said on another. */
export const sinceText = (ms: number, firstNew: number, formats: Formats): string =>
  startOfDay(ms) === startOfDay(firstNew) ? formats.clock(ms) : `${dayName(ms, formats).date}, ${formats.clock(ms)}`

const units = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const

/** A moment that somebody wrote: t the time of day, d and D the date, R how far away, else both. */
export const momentText = (at: number, style: string, formats: Formats, now = Date.now()): string => {
  if (style === "t" || style === "T") return formats.clock(at)
  if (style === "d" || style === "D") return formats.date(at)
  if (style !== "R") return formats.full(at)
  const [unit, ms] = units.find(([, length]) => Math.abs(at - now) >= length) ?? ["minute", 60_000]
  return formats.near(Math.trunc((at - now) / ms), unit)
}

import { useLocale } from "next-intl"

const made = new Map<string, Intl.DateTimeFormat>()

/** A moment to the millisecond, for who looks at what happened when. Apart from the other formats: few pages need it. */
export const usePreciseTime = (): ((ms: number) => string) => {
  const locale = useLocale()
  const format =
    made.get(locale) ??
    new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      fractionalSecondDigits: 3,
      hourCycle: "h23",
    })
  made.set(locale, format)
  return (ms) => format.format(ms)
}

import { useTranslations } from "next-intl"
import { type Formats, useFormats } from "../../i18n/formats.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface WhenWords {
  soon: string
  justNow: string
}

/** "in 3 hours", "2 days ago"; a date when it is further than a month away. Unix ms. */
export const when = (at: number, formats: Formats, words: WhenWords, now: number = Date.now()): string => {
  const diff = at - now
  const size = Math.abs(diff)
  if (size < MINUTE) return diff > 0 ? words.soon : words.justNow
  if (size < HOUR) return formats.near(Math.trunc(diff / MINUTE), "minute")
  if (size < DAY) return formats.near(Math.trunc(diff / HOUR), "hour")
  if (size < 31 * DAY) return formats.near(Math.trunc(diff / DAY), "day")
  return formats.date(at)
}

/** The same in the reader's language. */
export const useWhen = () => {
  const t = useTranslations("common.when")
  const formats = useFormats()
  return (at: number): string => when(at, formats, { soon: t("soon"), justNow: t("justNow") })
}

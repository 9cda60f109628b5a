import { DEFAULT_LOCALE, isLocale, type Locale } from "./locales.ts"

/** The language that a browser likes best of those that we have: "de-AT, en;q=0.8". */
export const preferredLocale = (acceptLanguage: string | null): Locale => {
  const wishes = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .flatMap((part) => {
      const [tag, ...options] = part.split(";").map((s) => s.trim())
      const q = options.find((o) => o.startsWith("q="))?.slice(2)
      const weight = q === undefined ? 1 : Number(q)
      const language = tag?.split("-")[0]?.toLowerCase()
      return weight > 0 && isLocale(language) ? [{ language, weight }] : []
    })
  // The sort is stable: of two that are liked alike the first one counts.
  return wishes.sort((a, b) => b.weight - a.weight)[0]?.language ?? DEFAULT_LOCALE
}

/** What the reader chose; else what the browser prefers; else English. */
export const localeFor = (cookie: string | undefined, acceptLanguage: string | null): Locale =>
  isLocale(cookie) ? cookie : preferredLocale(acceptLanguage)

import { DEFAULT_LOCALE, isLocale, type Locale, LOCALE_COOKIE } from "./locales.ts"

/** What this browser has chosen; undefined: as it prefers itself. */
export const chosenLocale = (cookies: string): string | undefined =>
  cookies
    .split("; ")
    .find((c) => c.startsWith(`${LOCALE_COOKIE}=`))
    ?.slice(LOCALE_COOKIE.length + 1)

/** The language of whoever sits here, without asking the server: browsers name those that they like best first. */
export const localeHere = (): Locale =>
  [chosenLocale(document.cookie), ...navigator.languages.map((tag) => tag.slice(0, 2))].find(isLocale) ?? DEFAULT_LOCALE

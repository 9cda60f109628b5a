import { type Locale, LOCALE_COOKIE, localeFor } from "./locales.ts"

/** What this browser has chosen; undefined: as it prefers itself. */
export const chosenLocale = (cookies: string): string | undefined =>
  cookies
    .split("; ")
    .find((c) => c.startsWith(`${LOCALE_COOKIE}=`))
    ?.slice(LOCALE_COOKIE.length + 1)

/** The language of whoever sits here, without asking the server. */
export const localeHere = (): Locale => localeFor(chosenLocale(document.cookie), navigator.languages.join(","))

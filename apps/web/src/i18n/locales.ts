/** The languages that Hearth speaks, each by its own name. A new one starts here, and as a folder in `messages/`. */
export const LOCALES = {
  en: { name: "English", dir: "ltr" },
  de: { name: "Deutsch", dir: "ltr" },
} as const satisfies Record<string, { name: string; dir: "ltr" | "rtl" }>

export type Locale = keyof typeof LOCALES

export const DEFAULT_LOCALE: Locale = "en"
/** Kept in a cookie, so that the server's first byte speaks it already. */
export const LOCALE_COOKIE = "hearth.locale"

export const locales = Object.keys(LOCALES) as Locale[]

export const isLocale = (s: unknown): s is Locale => typeof s === "string" && Object.hasOwn(LOCALES, s)

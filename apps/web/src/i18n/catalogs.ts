import compile from "icu-minify/compile"
import { en } from "../../messages/en/index.ts"
import { isLocale, type Locale } from "./locales.ts"

/** English is the source: its keys and arguments are the types of all texts. */
export type Texts = typeof en

const catalogs: { [L in Locale]: () => Promise<Translation<Texts>> } = {
  en: async () => en,
  de: async () => (await import("../../messages/de/index.ts")).de,
}

/** The same keys, in another language. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> }

/** Texts as `icu-minify` compiles them: browsers get no parser of messages. `next.config.ts` has the other half. */
const compiled = (texts: object): object =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === "string" ? compile(text) : compiled(text as object),
    ]),
  )

const ready = new Map<Locale, Promise<Texts>>()

/** What next-intl reads: it types compiled texts as what they were compiled from. */
export const compiledTexts = (locale: string): Promise<Texts> => {
  if (!isLocale(locale)) throw new Error(`no texts in ${locale}`)
  const known = ready.get(locale) ?? catalogs[locale]().then((texts) => compiled(texts) as Texts)
  ready.set(locale, known)
  return known
}

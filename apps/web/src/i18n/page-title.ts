import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { Texts } from "./catalogs.ts"

/** A page's `generateMetadata`: its title, in the reader's language. */
export const pageTitle = (key: keyof Texts["title"]) => async (): Promise<Metadata> => {
  const t = await getTranslations("title")
  return { title: t(key) }
}

import { cookies, headers } from "next/headers"
import { getRequestConfig } from "next-intl/server"
import { compiledTexts } from "./catalogs.ts"
import { LOCALE_COOKIE } from "./locales.ts"
import { localeFor } from "./preferred-locale.ts"

const readersLocale = async () =>
  localeFor((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get("accept-language"))

// The address says nothing of the language. Times are drawn in browsers only, by their own clock: `formats.ts`.
// oxlint-disable-next-line import/no-default-export -- next-intl asks for it
export default getRequestConfig(async () => {
  const locale = await readersLocale()
  return { locale, messages: await compiledTexts(locale), timeZone: "UTC" }
})

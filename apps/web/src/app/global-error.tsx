"use client"
import "@hearth/ui/styles.css"
import { useSyncExternalStore } from "react"
import { useBroken } from "../features/account/broken-door.tsx"
import { Alive } from "../features/shell/alive.tsx"
import { localeHere } from "../i18n/locale-here.ts"
import { DEFAULT_LOCALE, LOCALES } from "../i18n/locales.ts"

const INSTANCE = "Hearth"
const never = () => () => {}

const GlobalError = ({ reset }: { error: Error & { digest?: string }; reset: () => void }) => {
  const locale = useSyncExternalStore(never, localeHere, () => DEFAULT_LOCALE)
  // Its texts come with its code: without them a name is all that can be said.
  const { loaded, bare } = useBroken(INSTANCE, reset)
  return (
    <html lang={locale} dir={LOCALES[locale].dir}>
      <body>
        <title>{INSTANCE}</title>
        {loaded ? <loaded.BrokenAll reset={reset} locale={locale} /> : bare}
        <Alive />
      </body>
    </html>
  )
}

export default GlobalError

"use client"
import "@hearth/ui/styles.css"
import { Button } from "@hearth/ui"
import { useSyncExternalStore } from "react"
import { broken as de } from "../../messages/de/broken.ts"
import { broken as en } from "../../messages/en/broken.ts"
import { Wall } from "../features/account/wall.tsx"
import type { Texts, Translation } from "../i18n/catalogs.ts"
import { localeHere } from "../i18n/locale-here.ts"
import { DEFAULT_LOCALE, type Locale, LOCALES } from "../i18n/locales.ts"

const INSTANCE = "Hearth"
// Nothing of the layout is left, its texts neither: these few come with the code.
const all: Record<Locale, Translation<Texts["broken"]>> = { en, de }
const never = () => () => {}

const GlobalError = ({ reset }: { error: Error & { digest?: string }; reset: () => void }) => {
  const locale = useSyncExternalStore(never, localeHere, () => DEFAULT_LOCALE)
  const texts = all[locale]
  return (
    <html lang={locale} dir={LOCALES[locale].dir}>
      <body>
        <title>{INSTANCE}</title>
        <Wall light="unlit" title={texts.all} lead={texts.allLead}>
          <Button look="ember" size="big" wide onClick={reset}>
            {texts.tryAgain}
          </Button>
        </Wall>
      </body>
    </html>
  )
}

export default GlobalError

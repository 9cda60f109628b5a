"use client"
import { Button } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { broken as de } from "../../../messages/de/broken.ts"
import { broken as en } from "../../../messages/en/broken.ts"
import type { Texts, Translation } from "../../i18n/catalogs.ts"
import type { Locale } from "../../i18n/locales.ts"
import { Wall } from "./wall.tsx"

// Nothing of the layout is left where all is broken, its texts neither: these few come with the code.
const all: Record<Locale, Translation<Texts["broken"]>> = { en, de }

/** A page that could not be drawn. */
export const BrokenPage = ({ reset }: { reset: () => void }) => {
  const t = useTranslations("broken")
  return (
    <Wall light="unlit" title={t("page")} lead={t("pageLead")}>
      <Button look="ember" size="big" wide onClick={reset}>
        {t("tryAgain")}
      </Button>
      <Button look="bare" size="big" wide onClick={() => window.location.assign("/")}>
        {t("toStart")}
      </Button>
    </Wall>
  )
}

/** Not even what is around all pages could be drawn. */
export const BrokenAll = ({ reset, locale }: { reset: () => void; locale: Locale }) => {
  const texts = all[locale]
  return (
    <Wall light="unlit" title={texts.all} lead={texts.allLead}>
      <Button look="ember" size="big" wide onClick={reset}>
        {texts.tryAgain}
      </Button>
    </Wall>
  )
}

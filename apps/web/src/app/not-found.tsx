import { buttonClass } from "@hearth/ui"
import { getTranslations } from "next-intl/server"
import Link from "next/link"
import { Wall } from "../features/account/wall.tsx"
import { pageTitle } from "../i18n/page-title.ts"

export const generateMetadata = pageTitle("nowhere")

const NotFound = async () => {
  const t = await getTranslations("common")
  return (
    <Wall light="none" title={t("nowhere.title")} lead={t("nowhere.toChannel")}>
      <Link className={buttonClass({ size: "big", wide: true })} href="/">
        {t("toStart")}
      </Link>
    </Wall>
  )
}

export default NotFound

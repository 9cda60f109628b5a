import { buttonClass } from "@hearth/ui"
import { getTranslations } from "next-intl/server"
import { Wall } from "../features/account/wall.tsx"
import { pageTitle } from "../i18n/page-title.ts"

export const generateMetadata = pageTitle("nowhere")

const NotFound = async () => {
  const t = await getTranslations("common")
  return (
    <Wall light="none" title={t("nowhere.title")} lead={t("nowhere.toChannel")}>
      {/* Every page carries what this one needs: so it needs nothing, and loads everything anew. */}
      {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- see above */}
      <a className={buttonClass({ size: "big", wide: true })} href="/">
        {t("toStart")}
      </a>
    </Wall>
  )
}

export default NotFound

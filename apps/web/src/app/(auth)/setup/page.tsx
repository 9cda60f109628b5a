import { getTranslations } from "next-intl/server"
import { redirect } from "next/navigation"
import { Wall } from "../../../features/account/wall.tsx"
import { SetupForm } from "../../../features/setup/setup-form.tsx"
import { pageCaller } from "../../../features/shell/caller.ts"
import { pageTitle } from "../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("setup")

const SetupPage = async () => {
  const { caller } = await pageCaller()
  const { needsSetup } = await caller.setup.status()
  if (!needsSetup) redirect("/")
  const t = await getTranslations("setup")
  return (
    <Wall light="unlit" title={t("title")} lead={t("lead")}>
      <SetupForm />
    </Wall>
  )
}

export default SetupPage

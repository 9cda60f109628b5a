import { getTranslations } from "next-intl/server"
import { redirect } from "next/navigation"
import { LoginForm } from "../../../features/account/login-form.tsx"
import { Wall } from "../../../features/account/wall.tsx"
import { pageCaller } from "../../../features/shell/caller.ts"
import { safeNext } from "../../../features/shell/safe-next.ts"
import { pageTitle } from "../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("signIn")

const LoginPage = async ({ searchParams }: PageProps<"/login">) => {
  const { next } = await searchParams
  const path = safeNext(typeof next === "string" ? next : null)
  const { caller, session } = await pageCaller()
  if (session) redirect(path)
  const { needsSetup, instanceName, registration } = await caller.setup.status()
  if (needsSetup) redirect("/setup")
  const t = await getTranslations("account")
  return (
    <Wall title={instanceName ?? "Hearth"} lead={t("signInLead")}>
      <LoginForm next={path} mayRegister={registration === "open"} />
    </Wall>
  )
}

export default LoginPage

import { Face } from "@hearth/ui"
import { getTranslations } from "next-intl/server"
import { redirect } from "next/navigation"
import { RegisterForm } from "../../../features/account/register-form.tsx"
import { Wall } from "../../../features/account/wall.tsx"
import { inviteCodeIn, invitePath } from "../../../features/invite/invite-code.ts"
import { PasteInvite } from "../../../features/invite/paste-invite.tsx"
import { pageCaller } from "../../../features/shell/caller.ts"
import { safeNext } from "../../../features/shell/safe-next.ts"
import { pageTitle } from "../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("register")

const RegisterPage = async ({ searchParams }: PageProps<"/register">) => {
  const { next, invited } = await searchParams
  const path = safeNext(typeof next === "string" ? next : null)
  const { caller, session } = await pageCaller()
  if (session) redirect(path)
  const { needsSetup, instanceName, registration } = await caller.setup.status()
  if (needsSetup) redirect("/setup")
  // Whoever comes from an invite registers by it: then the account is a member from the start.
  const inviteCode = path.startsWith("/invite/") ? inviteCodeIn(path) : ""
  const invite = inviteCode ? await caller.invite.preview({ code: inviteCode }).catch(() => null) : null
  const name = instanceName ?? "Hearth"
  const t = await getTranslations("account")
  if (!invite && (invited !== undefined || registration === "invite"))
    return (
      <Wall title={t("invited")} lead={t("invitedLead", { instance: name })}>
        <PasteInvite submitLabel={t("invitedGo")} />
      </Wall>
    )
  return (
    <Wall
      title={invite ? t("join", { server: invite.guild.name }) : name}
      lead={invite ? t("joinLead", { name: invite.invitedBy }) : t("registerLead")}
      faces={invite?.someMembers.map((p) => (
        <Face key={p.id} id={p.id} name={p.displayName} portrait={p.portrait} size={48} />
      ))}
    >
      <RegisterForm inviteCode={invite?.code} next={invite ? invitePath(invite.code) : path} />
    </Wall>
  )
}

export default RegisterPage

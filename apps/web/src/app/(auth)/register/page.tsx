import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { RegisterForm } from "../../../features/account/register-form.tsx"
import { Wall } from "../../../features/account/wall.tsx"
import { inviteCodeIn, invitePath } from "../../../features/invite/invite-code.ts"
import { PasteInvite } from "../../../features/invite/paste-invite.tsx"
import { pageCaller } from "../../../features/shell/caller.ts"
import { safeNext } from "../../../features/shell/safe-next.ts"

export const metadata: Metadata = { title: "Make an account" }

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
  if (!invite && (invited !== undefined || registration === "invite"))
    return (
      <Wall title="You are invited?" lead={`Paste the link that you were sent, and see where in ${name} it leads.`}>
        <PasteInvite submitLabel="Go on" />
      </Wall>
    )
  return (
    <Wall
      title={invite ? `Join ${invite.guild.name}` : name}
      lead={invite ? `${invite.invitedBy} invites you. First, an account.` : "An account, and you are in."}
      people={invite?.someMembers ?? []}
    >
      <RegisterForm inviteCode={invite?.code} next={invite ? invitePath(invite.code) : path} />
    </Wall>
  )
}

export default RegisterPage

import type { InvitePreview } from "@hearth/core"
import { buttonClass } from "@hearth/ui"
import type { Metadata } from "next"
import Link from "next/link"
import { Wall } from "../../../../features/account/wall.tsx"
import { invitePath } from "../../../../features/invite/invite-code.ts"
import { JoinButton } from "../../../../features/invite/join-button.tsx"
import { pageCaller } from "../../../../features/shell/caller.ts"
import { toAppError } from "@hearth/api"

export const metadata: Metadata = { title: "Invitation" }

const decode = (code: string): string => {
  try {
    return decodeURIComponent(code)
  } catch {
    return code
  }
}

type Caller = Awaited<ReturnType<typeof pageCaller>>["caller"]

/** Null: it is expired, used up, revoked, or never was. Nobody learns which. */
const previewOf = async (caller: Caller, code: string): Promise<InvitePreview | null> => {
  try {
    return await caller.invite.preview({ code })
  } catch (error) {
    const known = toAppError(error)
    if (known === null || known.code === "UNKNOWN_INVITE") return null
    throw error
  }
}

const people = (n: number): string => (n === 1 ? "One member" : `${n.toLocaleString("en")} members`)

const InvitePage = async ({ params }: PageProps<"/invite/[code]">) => {
  const code = decode((await params).code)
  const { caller, session } = await pageCaller()
  const preview = await previewOf(caller, code)
  if (!preview)
    return (
      <Wall
        light="none"
        title="This invite leads nowhere"
        lead="It may be too old, used up or taken back. Whoever sent it can make a new one."
      >
        <Link className={buttonClass({ size: "big", wide: true })} href="/">
          Go to the start
        </Link>
      </Wall>
    )
  const { guild, invitedBy, someMembers, alreadyMember } = preview
  const back = encodeURIComponent(invitePath(code))
  return (
    <Wall title={guild.name} lead={`${invitedBy} invites you.`} people={someMembers} now={people(guild.memberCount)}>
      {alreadyMember ? (
        <Link className={buttonClass({ look: "ember", size: "big", wide: true })} href={`/s/${guild.id}`}>
          Open {guild.name}
        </Link>
      ) : session ? (
        <JoinButton code={code} guildName={guild.name} />
      ) : (
        <>
          <Link className={buttonClass({ look: "ember", size: "big", wide: true })} href={`/register?next=${back}`}>
            Make an account
          </Link>
          <Link className={buttonClass({ size: "big", wide: true })} href={`/login?next=${back}`}>
            Sign in
          </Link>
        </>
      )}
    </Wall>
  )
}

export default InvitePage

import type { InvitePreview } from "@hearth/core"
import { buttonClass, Face } from "@hearth/ui"
import { getTranslations } from "next-intl/server"
import { Wall } from "../../../../features/account/wall.tsx"
import { invitePath } from "../../../../features/invite/invite-code.ts"
import { JoinButton } from "../../../../features/invite/join-button.tsx"
import { pageCaller } from "../../../../features/shell/caller.ts"
import { Link } from "../../../../features/shell/link.tsx"
import { toAppError } from "@hearth/db"
import { pageTitle } from "../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("invitation")

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

/** How many are in, and two of them by name. */
const insideOf = async ({ guild: { memberCount: n }, someMembers }: InvitePreview): Promise<string> => {
  const t = await getTranslations("invite.page")
  const members = t("members", { n })
  const [one, two] = someMembers.map((m) => m.displayName)
  if (one === undefined) return members
  if (two === undefined) return t("insideOne", { members, one })
  return n > 2 ? t("insideMore", { members, one, two, rest: n - 2 }) : t("insideTwo", { members, one, two })
}

const InvitePage = async ({ params }: PageProps<"/invite/[code]">) => {
  const code = decode((await params).code)
  const t = await getTranslations("invite.page")
  const tAccount = await getTranslations("account")
  const { caller, session } = await pageCaller()
  const preview = await previewOf(caller, code)
  if (!preview)
    return (
      <Wall light="none" title={t("nowhere")} lead={t("nowhereLead")}>
        <Link className={buttonClass({ size: "big", wide: true })} href="/">
          {(await getTranslations("common"))("toStart")}
        </Link>
      </Wall>
    )
  const { guild, invitedBy, someMembers, alreadyMember } = preview
  const { instanceName } = await caller.setup.status()
  const inside = await insideOf(preview)
  const back = encodeURIComponent(invitePath(code))
  return (
    <Wall
      title={guild.name}
      lead={
        <>
          {t("lead", { name: invitedBy })}
          {instanceName !== null && (
            <>
              <br />
              {t("where", { instance: instanceName })}
            </>
          )}
        </>
      }
      faces={someMembers.map((p) => <Face key={p.id} id={p.id} name={p.displayName} portrait={p.portrait} size={48} />)}
      now={inside}
    >
      {alreadyMember ? (
        <Link className={buttonClass({ look: "ember", size: "big", wide: true })} href={`/s/${guild.id}`}>
          {t("open", { server: guild.name })}
        </Link>
      ) : session ? (
        <JoinButton code={code} guildName={guild.name} />
      ) : (
        <>
          <Link className={buttonClass({ look: "ember", size: "big", wide: true })} href={`/register?next=${back}`}>
            {tAccount("makeAccount")}
          </Link>
          <Link className={buttonClass({ size: "big", wide: true })} href={`/login?next=${back}`}>
            {tAccount("signIn")}
          </Link>
        </>
      )}
    </Wall>
  )
}

export default InvitePage

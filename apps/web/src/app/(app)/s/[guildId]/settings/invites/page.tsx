import type { Metadata } from "next"
import { InvitesSettings } from "../../../../../../features/invite/invites-settings.tsx"
import { requireSession } from "../../../../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Invites" }

const Page = async ({ params }: PageProps<"/s/[guildId]/settings/invites">) => {
  await requireSession(`/s/${(await params).guildId}/settings/invites`)
  return <InvitesSettings />
}

export default Page

import type { Metadata } from "next"
import { MembersSettings } from "../../../../../../features/member/members-settings.tsx"
import { requireSession } from "../../../../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Members" }

const Page = async ({ params }: PageProps<"/s/[guildId]/settings/members">) => {
  await requireSession(`/s/${(await params).guildId}/settings/members`)
  return <MembersSettings />
}

export default Page

import type { Metadata } from "next"
import { OverviewSettings } from "../../../../../../features/guild/overview-settings.tsx"
import { requireSession } from "../../../../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Server overview" }

const Page = async ({ params }: PageProps<"/s/[guildId]/settings/overview">) => {
  await requireSession(`/s/${(await params).guildId}/settings/overview`)
  return <OverviewSettings />
}

export default Page

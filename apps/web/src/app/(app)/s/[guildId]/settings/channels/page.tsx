import type { Metadata } from "next"
import { ChannelsSettings } from "../../../../../../features/channel/channels-settings.tsx"
import { requireSession } from "../../../../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Channels" }

const Page = async ({ params }: PageProps<"/s/[guildId]/settings/channels">) => {
  await requireSession(`/s/${(await params).guildId}/settings/channels`)
  return <ChannelsSettings />
}

export default Page

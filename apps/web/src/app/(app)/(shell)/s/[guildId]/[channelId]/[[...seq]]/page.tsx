import { requireSession } from "../../../../../../../features/shell/caller.ts"

const ChannelPage = async ({ params }: PageProps<"/s/[guildId]/[channelId]/[[...seq]]">) => {
  const { guildId, channelId, seq = [] } = await params
  await requireSession(["/s", guildId, channelId, ...seq].join("/"))
  return null
}

export default ChannelPage

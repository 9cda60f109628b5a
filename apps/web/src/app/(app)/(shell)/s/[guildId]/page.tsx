import { requireSession } from "../../../../../features/shell/caller.ts"

const GuildPage = async ({ params }: PageProps<"/s/[guildId]">) => {
  const { guildId } = await params
  await requireSession(`/s/${guildId}`)
  return null
}

export default GuildPage

import { redirect } from "next/navigation"

const SettingsStart = async ({ params }: PageProps<"/s/[guildId]/settings">) =>
  redirect(`/s/${(await params).guildId}/settings/overview`)

export default SettingsStart

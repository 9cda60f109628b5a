import type { Metadata } from "next"
import { ChannelsSettings } from "../../../../../../features/channel/channels-settings.tsx"

export const metadata: Metadata = { title: "Channels" }

const Page = () => <ChannelsSettings />

export default Page

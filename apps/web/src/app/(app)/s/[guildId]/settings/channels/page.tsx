import { ChannelsSettings } from "../../../../../../features/channel/channels-settings.tsx"
import { pageTitle } from "../../../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("channels")

const Page = () => <ChannelsSettings />

export default Page

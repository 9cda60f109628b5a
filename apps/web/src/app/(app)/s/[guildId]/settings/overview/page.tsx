import { OverviewSettings } from "../../../../../../features/guild/overview-settings.tsx"
import { pageTitle } from "../../../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("overview")

const Page = () => <OverviewSettings />

export default Page

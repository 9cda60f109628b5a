import { PrivacySettings } from "../../../../features/friend/privacy-settings.tsx"
import { pageTitle } from "../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("privacy")

const Page = () => <PrivacySettings />

export default Page

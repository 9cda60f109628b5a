import { AccountSettings } from "../../../../features/account/account-settings.tsx"
import { pageTitle } from "../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("account")

const Page = () => <AccountSettings />

export default Page

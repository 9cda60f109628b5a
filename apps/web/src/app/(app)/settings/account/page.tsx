import type { Metadata } from "next"
import { AccountSettings } from "../../../../features/account/account-settings.tsx"

export const metadata: Metadata = { title: "Account" }

const Page = () => <AccountSettings />

export default Page

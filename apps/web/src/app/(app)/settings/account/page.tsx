import type { Metadata } from "next"
import { AccountSettings } from "../../../../features/account/account-settings.tsx"
import { requireSession } from "../../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Account" }

const Page = async () => {
  await requireSession("/settings/account")
  return <AccountSettings />
}

export default Page

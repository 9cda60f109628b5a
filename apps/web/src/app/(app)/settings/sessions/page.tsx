import type { Metadata } from "next"
import { SessionsSettings } from "../../../../features/account/sessions-settings.tsx"
import { requireSession } from "../../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Sessions" }

const Page = async () => {
  await requireSession("/settings/sessions")
  return <SessionsSettings />
}

export default Page

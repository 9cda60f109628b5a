import type { Metadata } from "next"
import { AppearanceSettings } from "../../../../features/settings/appearance-settings.tsx"
import { requireSession } from "../../../../features/shell/caller.ts"

export const metadata: Metadata = { title: "Appearance" }

const Page = async () => {
  await requireSession("/settings/appearance")
  return <AppearanceSettings />
}

export default Page

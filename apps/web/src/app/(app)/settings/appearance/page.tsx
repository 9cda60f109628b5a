import type { Metadata } from "next"
import { AppearanceSettings } from "../../../../features/settings/appearance-settings.tsx"

export const metadata: Metadata = { title: "Appearance" }

const Page = () => <AppearanceSettings />

export default Page

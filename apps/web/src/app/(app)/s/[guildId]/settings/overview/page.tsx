import type { Metadata } from "next"
import { OverviewSettings } from "../../../../../../features/guild/overview-settings.tsx"

export const metadata: Metadata = { title: "Server overview" }

const Page = () => <OverviewSettings />

export default Page

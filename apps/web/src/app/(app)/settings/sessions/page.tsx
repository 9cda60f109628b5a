import type { Metadata } from "next"
import { SessionsSettings } from "../../../../features/account/sessions-settings.tsx"

export const metadata: Metadata = { title: "Sessions" }

const Page = () => <SessionsSettings />

export default Page

import type { Metadata } from "next"
import { InvitesSettings } from "../../../../../../features/invite/invites-settings.tsx"

export const metadata: Metadata = { title: "Invites" }

const Page = () => <InvitesSettings />

export default Page

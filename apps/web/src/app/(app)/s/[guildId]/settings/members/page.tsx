import type { Metadata } from "next"
import { MembersSettings } from "../../../../../../features/member/members-settings.tsx"

export const metadata: Metadata = { title: "Members" }

const Page = () => <MembersSettings />

export default Page

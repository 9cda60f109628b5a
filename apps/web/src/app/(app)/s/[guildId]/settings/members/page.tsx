import { MembersSettings } from "../../../../../../features/member/members-settings.tsx"
import { pageTitle } from "../../../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("members")

const Page = () => <MembersSettings />

export default Page

import { InvitesSettings } from "../../../../../../features/invite/invites-settings.tsx"
import { pageTitle } from "../../../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("invites")

const Page = () => <InvitesSettings />

export default Page

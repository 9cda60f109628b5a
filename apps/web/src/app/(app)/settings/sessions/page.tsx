import { SessionsSettings } from "../../../../features/account/sessions-settings.tsx"
import { pageTitle } from "../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("sessions")

const Page = () => <SessionsSettings />

export default Page

import { AppearanceSettings } from "../../../../features/settings/appearance-settings.tsx"
import { pageTitle } from "../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("appearance")

const Page = () => <AppearanceSettings />

export default Page

import { KeywordsSettings } from "../../../../features/alert/keywords-settings.tsx"
import { pageTitle } from "../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("keywords")

const Page = () => <KeywordsSettings />

export default Page

import { ReportsPage } from "../../../../features/report/reports-page.tsx"
import { pageTitle } from "../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("reports")

const Page = () => <ReportsPage />

export default Page

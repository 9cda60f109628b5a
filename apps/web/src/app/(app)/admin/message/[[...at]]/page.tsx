import { notFound } from "next/navigation"
import { addressOfMessage } from "../../../../../features/admin/asked-message.ts"
import { MessageTrace } from "../../../../../features/admin/message-trace.tsx"
import { pageTitle } from "../../../../../i18n/page-title.ts"

export const generateMetadata = pageTitle("trace")

const Page = async ({ params }: { params: Promise<{ at?: string[] }> }) => {
  const { at = [] } = await params
  const asked = addressOfMessage(at)
  if (at.length > 0 && !asked) notFound()
  return <MessageTrace at={asked} />
}

export default Page

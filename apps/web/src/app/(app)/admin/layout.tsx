import type { ReactNode } from "react"
import { AdminFrame } from "../../../features/admin/admin-frame.tsx"
import { QueryProvider } from "../../../features/trpc/provider.tsx"
import { SomeTexts } from "../../../i18n/some-texts.tsx"

// Here and not above: no other page carries these texts.
const texts = ["act", "admin", "common", "errors", "message", "settings", "shell"] as const

const AdminLayout = ({ children }: { children: ReactNode }) => (
  <SomeTexts of={texts}>
    <QueryProvider>
      <AdminFrame>{children}</AdminFrame>
    </QueryProvider>
  </SomeTexts>
)

export default AdminLayout

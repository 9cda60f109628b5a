import type { ReactNode } from "react"
import { QueryProvider } from "../../../features/trpc/provider.tsx"
import { OwnSettings } from "../../../features/account/own-settings.tsx"

const OwnSettingsLayout = ({ children }: { children: ReactNode }) => (
  <QueryProvider>
    <OwnSettings>{children}</OwnSettings>
  </QueryProvider>
)

export default OwnSettingsLayout

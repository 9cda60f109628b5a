import type { ReactNode } from "react"
import { TrpcProvider } from "../../../features/trpc/provider.tsx"
import { OwnSettings } from "../../../features/account/own-settings.tsx"

const OwnSettingsLayout = ({ children }: { children: ReactNode }) => (
  <TrpcProvider>
    <OwnSettings>{children}</OwnSettings>
  </TrpcProvider>
)

export default OwnSettingsLayout

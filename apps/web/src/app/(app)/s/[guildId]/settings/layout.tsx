import type { ReactNode } from "react"
import { TrpcProvider } from "../../../../../features/trpc/provider.tsx"
import { GuildSettings } from "../../../../../features/guild/guild-settings.tsx"

const GuildSettingsLayout = ({ children }: { children: ReactNode }) => (
  <TrpcProvider>
    <GuildSettings>{children}</GuildSettings>
  </TrpcProvider>
)

export default GuildSettingsLayout

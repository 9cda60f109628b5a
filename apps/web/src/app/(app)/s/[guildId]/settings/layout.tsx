import type { ReactNode } from "react"
import { QueryProvider } from "../../../../../features/trpc/provider.tsx"
import { GuildSettings } from "../../../../../features/guild/guild-settings.tsx"

const GuildSettingsLayout = ({ children }: { children: ReactNode }) => (
  <QueryProvider>
    <GuildSettings>{children}</GuildSettings>
  </QueryProvider>
)

export default GuildSettingsLayout

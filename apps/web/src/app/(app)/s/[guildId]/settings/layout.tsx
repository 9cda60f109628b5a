import type { ReactNode } from "react"
import { GuildSettings } from "../../../../../features/guild/guild-settings.tsx"

const GuildSettingsLayout = ({ children }: { children: ReactNode }) => <GuildSettings>{children}</GuildSettings>

export default GuildSettingsLayout

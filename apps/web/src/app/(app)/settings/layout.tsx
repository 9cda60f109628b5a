import type { ReactNode } from "react"
import { OwnSettings } from "../../../features/account/own-settings.tsx"

const OwnSettingsLayout = ({ children }: { children: ReactNode }) => <OwnSettings>{children}</OwnSettings>

export default OwnSettingsLayout

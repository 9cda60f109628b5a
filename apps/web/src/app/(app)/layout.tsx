import type { ReactNode } from "react"
import { AppFrame } from "../../features/shell/app-frame.tsx"

const AppLayout = ({ children }: { children: ReactNode }) => <AppFrame>{children}</AppFrame>

export default AppLayout

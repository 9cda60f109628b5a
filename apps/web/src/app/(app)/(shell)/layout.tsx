import type { ReactNode } from "react"
import { Shell } from "../../../features/shell/shell.tsx"

// The shell reads the address itself, so that a change of channel or of message never builds it anew.
const ShellLayout = ({ children }: { children: ReactNode }) => (
  <>
    {/* Before it: what a page brings along for it is there then. */}
    {children}
    <Shell />
  </>
)

export default ShellLayout

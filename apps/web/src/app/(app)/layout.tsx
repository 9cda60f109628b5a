import type { ReactNode } from "react"
import { AppFrame } from "../../features/shell/app-frame.tsx"
import { requireSession } from "../../features/shell/caller.ts"

// Asked here and not by each page: until the first snapshot is there no page is drawn.
const AppLayout = async ({ children }: { children: ReactNode }) => {
  await requireSession()
  return <AppFrame>{children}</AppFrame>
}

export default AppLayout

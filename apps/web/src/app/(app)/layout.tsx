import type { ReactNode } from "react"
import { AppFrame } from "../../features/shell/app-frame.tsx"
import { requireSession } from "../../features/shell/caller.ts"
import { SomeTexts } from "../../i18n/some-texts.tsx"

const texts = [
  "account",
  "channel",
  "common",
  "errors",
  "first",
  "guild",
  "invite",
  "member",
  "message",
  "settings",
  "shell",
] as const

// Asked here and not by each page: until the first snapshot is there no page is drawn.
const AppLayout = async ({ children }: { children: ReactNode }) => {
  await requireSession()
  return (
    <SomeTexts of={texts}>
      <AppFrame>{children}</AppFrame>
    </SomeTexts>
  )
}

export default AppLayout

import type { ReactNode } from "react"
import { preload } from "react-dom"
import { AppFrame } from "../../features/shell/app-frame.tsx"
import { requireSession } from "../../features/shell/caller.ts"
import { API } from "../../features/trpc/api-path.ts"
import { addressOf } from "../../features/trpc/http.ts"
import { SomeTexts } from "../../i18n/some-texts.tsx"

const texts = [
  "account",
  "act",
  "catchUp",
  "channel",
  "common",
  "compose",
  "emoji",
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
  // What every page asks for first comes while its code does.
  preload(addressOf(API, "app.bootstrap"), { as: "fetch", crossOrigin: "anonymous" })
  return (
    <SomeTexts of={texts}>
      <AppFrame>{children}</AppFrame>
    </SomeTexts>
  )
}

export default AppLayout

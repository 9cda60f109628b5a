import type { ReactNode } from "react"
import { preload } from "react-dom"
import { AppFrame } from "../../features/shell/app-frame.tsx"
import { LoadingSettings } from "../../features/shell/loading-settings.tsx"
import { LoadingShell } from "../../features/shell/loading-shell.tsx"
import { readStill } from "../../features/still/read-still.ts"
import { requireSession } from "../../features/shell/caller.ts"
import { API } from "../../features/trpc/api-path.ts"
import { addressOf } from "../../features/trpc/http.ts"
import { SomeTexts } from "../../i18n/some-texts.tsx"

const texts = [
  "account",
  "act",
  "alert",
  "catchUp",
  "channel",
  "common",
  "complete",
  "compose",
  "conversation",
  "draft",
  "emoji",
  "errors",
  "first",
  "friend",
  "guild",
  "invite",
  "later",
  "member",
  "message",
  "poll",
  "profile",
  "receipt",
  "report",
  "schedule",
  "settings",
  "shell",
  "status",
  "thread",
] as const

// Asked here and not by each page: until the first snapshot is there no page is drawn.
const AppLayout = async ({ children }: { children: ReactNode }) => {
  // What every page asks for first comes while its code does. Before anything is awaited: after a question to the database React
  // does not know any more whose page it is, and drops the hint without a word.
  preload(addressOf(API, "app.bootstrap"), { as: "fetch", crossOrigin: "anonymous" })
  await requireSession()
  const still = await readStill()
  return (
    <SomeTexts of={texts}>
      <AppFrame loading={{ room: <LoadingShell still={still} />, settings: <LoadingSettings /> }}>{children}</AppFrame>
    </SomeTexts>
  )
}

export default AppLayout

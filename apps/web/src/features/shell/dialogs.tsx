"use client"
import type { Snowflake } from "@hearth/core"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react"
import { ChannelDialog } from "../channel/channel-dialog.tsx"
import { CreateGuildDialog } from "../guild/create-guild-dialog.tsx"
import { JoinDialog } from "../guild/join-dialog.tsx"
import { LeaveDialog } from "../guild/leave-dialog.tsx"
import { InviteDialog } from "../invite/invite-dialog.tsx"
import { isCovered } from "./escape.ts"
import { isTyping } from "./keys.ts"
import { KeysSheet } from "./keys-sheet.tsx"
import { QuickSwitcher } from "./quick-switcher.tsx"

export type Ask =
  | { kind: "create-guild" }
  | { kind: "join" }
  | { kind: "leave"; guildId: Snowflake }
  | { kind: "invite"; guildId: Snowflake }
  | { kind: "create-channel"; guildId: Snowflake }
  | { kind: "edit-channel"; guildId: Snowflake; channelId: Snowflake }
  | { kind: "jump" }
  | { kind: "keys" }

const DialogsContext = createContext<(ask: Ask) => void>(() => {})

/** Opens one of the app's dialogs, from anywhere. */
export const useAsk = () => useContext(DialogsContext)

/** One dialog at a time; the last one asked for stays drawn while it fades. */
export const DialogsProvider = ({ children }: { children: ReactNode }) => {
  const [ask, setAsk] = useState<Ask | null>(null)
  const [open, setOpen] = useState(false)
  const [count, setCount] = useState(0)
  const show = useCallback((next: Ask) => {
    setAsk(next)
    setCount((n) => n + 1)
    setOpen(true)
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      if (event.key === "?" && !(event.metaKey || event.ctrlKey) && !isTyping(event.target) && !isCovered()) {
        event.preventDefault()
        return show({ kind: "keys" })
      }
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.key.toLowerCase() !== "k") return
      if (isTyping(event.target) && event.shiftKey) return
      event.preventDefault()
      show({ kind: "jump" })
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [show])
  return (
    <DialogsContext value={show}>
      {children}
      {ask && <Asked key={count} ask={ask} open={open} onOpenChange={setOpen} />}
    </DialogsContext>
  )
}

export interface DialogState {
  open: boolean
  onOpenChange: (open: boolean) => void
}

const Asked = ({ ask, ...state }: { ask: Ask } & DialogState) => {
  switch (ask.kind) {
    case "create-guild":
      return <CreateGuildDialog {...state} />
    case "join":
      return <JoinDialog {...state} />
    case "leave":
      return <LeaveDialog guildId={ask.guildId} {...state} />
    case "invite":
      return <InviteDialog guildId={ask.guildId} {...state} />
    case "create-channel":
      return <ChannelDialog guildId={ask.guildId} {...state} />
    case "edit-channel":
      return <ChannelDialog guildId={ask.guildId} channelId={ask.channelId} {...state} />
    case "jump":
      return <QuickSwitcher {...state} />
    case "keys":
      return <KeysSheet {...state} />
  }
}

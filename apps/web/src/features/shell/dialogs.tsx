"use client"
import type { Message, ScheduledItem, Snowflake } from "@hearth/core"
import { AwayProvider, onDemand, prepareDialogs, useOnDemand, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react"
import { isCovered } from "./escape.ts"
import { isTyping } from "./is-typing.ts"
import { typeAhead } from "./type-ahead.ts"

export type Ask =
  | { kind: "create-guild" }
  | { kind: "join" }
  | { kind: "leave"; guildId: Snowflake }
  | { kind: "invite"; guildId: Snowflake }
  | { kind: "create-channel"; guildId: Snowflake }
  | { kind: "edit-channel"; guildId: Snowflake; channelId: Snowflake }
  | { kind: "reactors"; channelId: Snowflake; seq: number; emojis: readonly string[] }
  | { kind: "versions"; channelId: Snowflake; seq: number }
  | { kind: "pins"; guildId: Snowflake; channelId: Snowflake }
  | { kind: "threads"; channelId: Snowflake }
  | { kind: "forward"; message: Message }
  | { kind: "later"; channelId: Snowflake; seq: number }
  | { kind: "poll"; channelId: Snowflake; asked: string }
  | { kind: "end-poll"; channelId: Snowflake; seq: number }
  | { kind: "voters"; channelId: Snowflake; seq: number; options: readonly string[] }
  | { kind: "schedule"; channelId: Snowflake; item?: ScheduledItem }
  | { kind: "new-conversation"; addTo?: Snowflake }
  | { kind: "conversations" }
  | { kind: "group"; conversationId: Snowflake }
  | { kind: "leave-group"; conversationId: Snowflake }
  | { kind: "receipts"; channelId: Snowflake; seq: number }
  | { kind: "status" }
  | { kind: "profile"; userId: Snowflake; anchor: HTMLElement; guildId?: Snowflake }
  | { kind: "jump" }
  | { kind: "keys" }

// None is needed to draw a page; they come with the first that is asked for.
export const dialogs = onDemand(() => import("./asked.tsx"))

const DialogsContext = createContext<(ask: Ask) => void>(() => {})

/** Opens one of the app's dialogs, from anywhere. */
export const useAsk = () => useContext(DialogsContext)

/** One dialog at a time; the last one asked for stays drawn while it fades. */
export const DialogsProvider = ({ children }: { children: ReactNode }) => {
  const [ask, setAsk] = useState<Ask | null>(null)
  const [open, setOpen] = useState(false)
  const [count, setCount] = useState(0)
  const t = useTranslations("shell")
  const { complain } = useToast()
  const away = useCallback(() => complain(t("needsConnection")), [complain, t])
  const loaded = useOnDemand(dialogs, open, () => {
    typeAhead.stop()
    setOpen(false)
    away()
  })
  const show = useCallback((next: Ask) => {
    prepareDialogs()
    if (next.kind === "jump") typeAhead.start(() => setOpen(false))
    else typeAhead.stop()
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
      <AwayProvider value={away}>{children}</AwayProvider>
      {ask && loaded && <loaded.Asked key={count} ask={ask} open={open} onOpenChange={setOpen} />}
    </DialogsContext>
  )
}

export interface DialogState {
  open: boolean
  onOpenChange: (open: boolean) => void
}

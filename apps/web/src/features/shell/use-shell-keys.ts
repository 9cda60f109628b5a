"use client"
import { useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useGateway, useReadMarks } from "../gateway/index.ts"
import { nextChannel, nextUnread, type Stop } from "./channel-walk.ts"
import { isCovered, useEscapeKey } from "./escape.ts"
import { goTo } from "./go.ts"
import { walkPanes } from "./panes.ts"
import { threadPath } from "../thread/path.ts"
import { channelPath, useAddress } from "./place.ts"
import { toAppError } from "../trpc/client.ts"

const pathOf = ({ guildId, channelId, threadId }: Stop): string =>
  threadId ? threadPath(guildId, channelId, threadId) : channelPath(guildId, channelId)

/** The keys of the whole room: Alt with arrows goes through channels, F6 through panes, Esc up. */
export const useShellKeys = (): void => {
  const client = useGateway()
  const readMarks = useReadMarks()
  const { say, complain } = useToast()
  const t = useTranslations("shell")
  const textOf = useErrorText()
  const { guildId, channelId, thread } = useAddress()
  useEscapeKey()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.metaKey || isCovered()) return
    if (event.key === "F6" && !event.altKey) {
      event.preventDefault()
      walkPanes(event.shiftKey ? -1 : 1)
      return
    }
    if (event.key === "Escape" && event.shiftKey) {
      event.preventDefault()
      readMarks.markAll(null).then(
        () => say(t("allRead")),
        (error: unknown) => complain(textOf(toAppError(error))),
      )
      return
    }
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : null
    const snapshot = client.snapshot()
    if (by === null || !event.altKey || event.ctrlKey || !snapshot) return
    event.preventDefault()
    if (event.shiftKey) {
      const stop = nextUnread(snapshot, { channelId, threadId: thread?.id }, by)
      if (stop) goTo(pathOf(stop))()
      return
    }
    const next = guildId && channelId && nextChannel(snapshot, guildId, channelId, by)
    if (next) goTo(channelPath(next.guildId, next.id))()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [])
}

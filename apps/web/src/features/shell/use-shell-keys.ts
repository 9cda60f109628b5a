"use client"
import { onDemand, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useGateway, useReadMarks } from "../gateway/index.ts"
import { addressOf } from "./address.ts"
import { isCovered, useEscapeKey } from "./escape.ts"
import { goTo } from "./go.ts"
import { walkPanes } from "./panes.ts"
import { channelPath } from "./place.ts"
import { toAppError } from "../trpc/client.ts"

/** Comes with the first key, and ahead of it once somebody is there. */
export const walk = onDemand(() => import("./channel-walk.ts"))

/** The keys of the whole room: Alt with arrows goes through channels, F6 through panes, Esc up. */
export const useShellKeys = (): void => {
  const client = useGateway()
  const readMarks = useReadMarks()
  const { say, complain } = useToast()
  const t = useTranslations("shell")
  const textOf = useErrorText()
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
    if (by === null || !event.altKey || event.ctrlKey) return
    event.preventDefault()
    const toUnread = event.shiftKey
    walk.load().then(
      ({ nextChannel, nextUnread }) => {
        // By where one is by then: keys may be faster than this.
        const { guildId, channelId } = addressOf(window.location.pathname)
        const snapshot = client.snapshot()
        if (!snapshot) return
        const next = toUnread
          ? nextUnread(snapshot, channelId, by)
          : guildId && channelId
            ? nextChannel(snapshot, guildId, channelId, by)
            : null
        if (next) goTo(channelPath(next.guildId, next.id))()
      },
      () => complain(t("needsConnection")),
    )
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [])
}

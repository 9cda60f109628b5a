"use client"
import { onDemand, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useGateway, useReadMarks } from "../gateway/index.ts"
import { isCovered, useEscapeKey } from "./escape.ts"
import { goTo } from "./go.ts"
import { walkPanes } from "./panes.ts"
import { useAddress } from "./place.ts"
import { toAppError } from "../trpc/client.ts"

/** Where Alt with the arrows leads: needed once somebody presses them. */
export const walk = onDemand(() => import("./channel-walk.ts"))

/** The keys of the whole room: Alt with arrows goes through channels, F6 through panes, Esc up. */
export const useShellKeys = (): void => {
  const client = useGateway()
  const readMarks = useReadMarks()
  const { say, complain } = useToast()
  const t = useTranslations("shell")
  const textOf = useErrorText()
  const here = useAddress()
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
    const { shiftKey } = event
    walk.load().then(
      ({ pathFrom }) => {
        const path = pathFrom(snapshot, here, by, shiftKey)
        if (path) goTo(path)()
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

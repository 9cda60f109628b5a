"use client"
import { onDemand, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useGateway, useReadMarks } from "../gateway/index.ts"
import { addressOf } from "./address.ts"
import { isCovered, useEscapeKey } from "./escape.ts"
import { goTo } from "./go.ts"
import { toAppError } from "../trpc/client.ts"

/** Needed once somebody presses such a key. */
export const walk = onDemand(() => import("./walks.ts"))

type Walks = typeof import("./walks.ts")

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
    const { key, shiftKey } = event
    const loaded = (go: (walks: Walks) => void): void => {
      event.preventDefault()
      walk.load().then(go, () => complain(t("needsConnection")))
    }
    if (key === "F6" && !event.altKey) return loaded((walks) => walks.walkPanes(shiftKey ? -1 : 1))
    if (key === "Escape" && shiftKey) {
      event.preventDefault()
      readMarks.markAll(null).then(
        () => say(t("allRead")),
        (error: unknown) => complain(textOf(toAppError(error))),
      )
      return
    }
    const by = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : null
    if (by === null || !event.altKey || event.ctrlKey) return
    loaded(({ pathFrom }) => {
      // By where one is by then: keys may be faster than this.
      const snapshot = client.snapshot()
      const path = snapshot && pathFrom(snapshot, addressOf(window.location.pathname), by, shiftKey)
      if (path) goTo(path)()
    })
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [])
}

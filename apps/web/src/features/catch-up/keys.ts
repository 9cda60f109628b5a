"use client"
import { useEffect, useEffectEvent } from "react"
import { isCovered } from "../shell/escape.ts"
import { isTyping } from "../shell/is-typing.ts"
import { channelPath } from "../shell/place.ts"
import { threadPath } from "../thread/path.ts"
import type { Entry } from "./entries.ts"

/** Where an entry stands among all that was said: at the message that asks, else where the channel or the thread is. */
export const placeOf = ({ item: { guildId, channelId, thread, asks, said } }: Entry): string =>
  thread
    ? threadPath(guildId, channelId, thread.id)
    : `${channelPath(guildId, channelId)}${asks > 0 && said ? `/${said.seq}` : ""}`

/** Letters, for as long as nobody types and nothing floats above. What a message or a list took for itself is theirs. */
export const useLetters = (does: Record<string, () => void>): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      return
    const act = does[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act || isTyping(event.target) || isCovered()) return
    // Enter presses what has the focus, unless that is an entry of the list.
    const { target } = event
    if (event.key === "Enter" && target instanceof Element && target.closest("a:not([data-entry]), button")) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [])
}

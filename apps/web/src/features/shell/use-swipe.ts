"use client"
import { type RefObject, useEffect, useEffectEvent } from "react"
import { isNarrow } from "./width.ts"

/** The drawer follows a finger, on whatever has fingers: the code for it comes with them. */
export const useSwipe = (app: RefObject<HTMLElement | null>, open: boolean, setOpen: (open: boolean) => void): void => {
  const isOpen = useEffectEvent(() => open)
  const settle = useEffectEvent(setOpen)
  useEffect(() => {
    const el = app.current
    if (!el || (navigator.maxTouchPoints === 0 && !isNarrow())) return
    let off: (() => void) | null = null
    let gone = false
    import("./follow-finger.ts").then(
      ({ followFinger }) => {
        if (!gone)
          off = followFinger(
            el,
            () => isOpen(),
            (next) => settle(next),
          )
      },
      () => {
        // Without a connection the buttons do.
      },
    )
    return () => {
      gone = true
      off?.()
    }
  }, [app])
}

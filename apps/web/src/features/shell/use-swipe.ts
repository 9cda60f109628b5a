"use client"
import { type RefObject, useEffect, useEffectEvent } from "react"
import { isNarrow } from "./width.ts"

/**
 * The drawer follows a finger, on whatever has fingers: the code for it comes with them. Not while something lies over the room
 * that it would come out under.
 */
export const useSwipe = (
  app: RefObject<HTMLElement | null>,
  covered: boolean,
  open: boolean,
  setOpen: (open: boolean) => void,
): void => {
  const isOpen = useEffectEvent(() => open)
  const settle = useEffectEvent(setOpen)
  useEffect(() => {
    const el = app.current
    if (!el || covered || (navigator.maxTouchPoints === 0 && !isNarrow())) return
    const swiping = new AbortController()
    // Without a connection the buttons do.
    void import("./follow-finger.ts")
      .then(({ followFinger }) => followFinger(el, { isOpen, settle, signal: swiping.signal }))
      .catch(() => {})
    return () => swiping.abort()
  }, [app, covered])
}

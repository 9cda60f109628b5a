"use client"
import { useEffect } from "react"

/** The focus is never lost for who uses the keyboard: the code for it comes with the first key. */
export const useFocusKeeper = (): void => {
  useEffect(() => {
    const begun = new AbortController()
    const begin = () => {
      const first = document.activeElement
      // Without a connection there is none of it.
      void import("./keep-focus.ts").then(({ keepFocus }) => keepFocus(first, begun.signal)).catch(() => {})
    }
    window.addEventListener("keydown", begin, { once: true, capture: true, signal: begun.signal })
    return () => begun.abort()
  }, [])
}

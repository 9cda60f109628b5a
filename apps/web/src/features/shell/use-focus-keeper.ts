"use client"
import { useEffect } from "react"

/** The focus is never lost for who uses the keyboard: the code for it comes with the first key. */
export const useFocusKeeper = (): void => {
  useEffect(() => {
    let off: (() => void) | null = null
    let gone = false
    const begin = () => {
      const first = document.activeElement
      import("./keep-focus.ts").then(
        ({ keepFocus }) => {
          if (!gone) off = keepFocus(first)
        },
        () => {
          // Without a connection the next key asks again.
          if (!gone) window.addEventListener("keydown", begin, { once: true, capture: true })
        },
      )
    }
    window.addEventListener("keydown", begin, { once: true, capture: true })
    return () => {
      gone = true
      window.removeEventListener("keydown", begin, true)
      off?.()
    }
  }, [])
}

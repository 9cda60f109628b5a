import { type OnDemand, prepareDialogs, prepareMenus } from "@hearth/ui"
import { useEffect } from "react"
import { dialogs } from "./dialogs.tsx"

const SIGNS = ["pointermove", "pointerdown", "keydown"] as const
/** Older browsers have no idle time to tell of. */
const SOON_MS = 1000

const whenIdle = (work: () => void): void => {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work)
  else setTimeout(work, SOON_MS)
}

/**
 * Once somebody is there, what they may open next is fetched one after the other, whenever nothing else is to be done: what was
 * fetched opens without a connection, too.
 */
export const useAhead = (rooms: readonly OnDemand<unknown>[]): void => {
  useEffect(() => {
    const rest = [...rooms, dialogs]
    const next = () => {
      const source = rest.shift()
      source?.load().then(
        () => whenIdle(next),
        () => {
          // Without a connection: whoever needs it says so.
        },
      )
    }
    const start = () => {
      stop()
      prepareMenus()
      prepareDialogs()
      whenIdle(next)
    }
    const stop = () => {
      for (const kind of SIGNS) window.removeEventListener(kind, start)
    }
    for (const kind of SIGNS) window.addEventListener(kind, start, { passive: true })
    return stop
  }, [rooms])
}

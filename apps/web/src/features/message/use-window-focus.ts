import { useSyncExternalStore } from "react"

const subscribe = (listener: () => void) => {
  window.addEventListener("focus", listener)
  window.addEventListener("blur", listener)
  document.addEventListener("visibilitychange", listener)
  return () => {
    window.removeEventListener("focus", listener)
    window.removeEventListener("blur", listener)
    document.removeEventListener("visibilitychange", listener)
  }
}

/** Whether somebody looks at this window. */
export const useWindowFocus = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => document.visibilityState === "visible" && document.hasFocus(),
    () => false,
  )

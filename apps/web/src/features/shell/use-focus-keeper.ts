"use client"
import { useEffect } from "react"
import { focusComposer } from "../message/focus-composer.ts"
import { isCovered } from "./escape.ts"
import { entryOf } from "./panes.ts"

/** Where one was: the panes and lists around what had the keyboard, the nearest first. */
interface Held {
  element: HTMLElement
  around: readonly Element[]
}

const nearest = ({ element, around }: Held): HTMLElement | null => {
  if (element.closest("[data-composer]")) return document.querySelector<HTMLElement>("[data-composer] textarea")
  if (around.some((e) => e.matches(".people") && !e.isConnected)) return document.getElementById("members-toggle")
  const left = around.find((e) => e.isConnected)
  return left ? entryOf(left) : null
}

/** When what had the keyboard is gone, what stands nearest takes it: the focus is never lost. */
export const useFocusKeeper = (): void => {
  useEffect(() => {
    let held: Held | null = null
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target === document.body) return
      const around: Element[] = []
      for (let e = target.parentElement; e; e = e.parentElement)
        if (e.matches("li, ul, [role=list], .people, .list, .rail, .bar, .timeline, [data-composer], .room"))
          around.push(e)
      held = { element: target, around }
    }
    const look = () => {
      if (!held || held.element.isConnected) return
      if (document.activeElement !== document.body && document.activeElement !== null) return
      const lost = held
      held = null
      // What floats brings the keyboard back by itself.
      if (isCovered()) return
      const heir = nearest(lost)
      if (heir) heir.focus({ preventScroll: true })
      else focusComposer()
      if (document.activeElement === document.body) document.getElementById("room")?.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener("focusin", onFocus)
    return () => {
      observer.disconnect()
      document.removeEventListener("focusin", onFocus)
    }
  }, [])
}

"use client"
import { useEffect, useEffectEvent } from "react"

/** What Esc goes back from, the topmost first. Menus and dialogs float above all of these, and take it for themselves. */
const levels = ["edit", "reply", "people", "drawer", "thread", "present"] as const
export type EscapeLevel = (typeof levels)[number]
/** Answers whether there was something to go back from. */
export type Step = () => boolean

export const createEscape = () => {
  const steps = new Map<EscapeLevel, Set<Step>>(levels.map((level) => [level, new Set()]))
  return {
    add: (level: EscapeLevel, step: Step): (() => void) => {
      steps.get(level)?.add(step)
      return () => void steps.get(level)?.delete(step)
    },
    /** Goes up one level. False: there is none above. */
    up: (): boolean => levels.some((level) => [...(steps.get(level) ?? [])].some((step) => step())),
  }
}

const escape = createEscape()

/** Something floats over the page: keys are its own. A toast waits in its corner, and is a dialog in name only. */
export const isCovered = (): boolean =>
  document.querySelector(":is([role=dialog], [role=alertdialog]):not(.toast), [role=menu]") !== null

/** One step of Esc, for as long as the component lives. */
export const useEscape = (level: EscapeLevel, step: Step): void => {
  const latest = useEffectEvent(step)
  useEffect(() => escape.add(level, () => latest()), [level])
}

/** Hears Esc for the whole page. */
export const useEscapeKey = (): void => {
  useEffect(() => {
    // Asked before anybody hears the key: what floats may be gone by the time we do.
    let covered = false
    const before = () => {
      covered = isCovered()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || event.shiftKey || covered) return
      if (escape.up()) event.preventDefault()
    }
    window.addEventListener("keydown", before, true)
    window.addEventListener("keydown", onKey)
    return () => {
      window.removeEventListener("keydown", before, true)
      window.removeEventListener("keydown", onKey)
    }
  }, [])
}

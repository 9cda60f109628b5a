import { composerField } from "../message/focus-composer.ts"
import { isCovered } from "./escape.ts"
import { entryOf } from "./panes.ts"

const FLOATS = "[role=dialog], [role=alertdialog], [role=menu], .toast"
const AROUND = "li, ul, ol, [role=list], section, .people, .list, .rail, .bar, .timeline, .composer, main"

/** Where the keyboard was: its row in a list, and what stood around it, the nearest first. */
interface Held {
  element: HTMLElement
  row: { item: Element; list: Element; index: number } | null
  around: readonly Element[]
}

const hold = (element: HTMLElement): Held => {
  const around: Element[] = []
  for (let e = element.parentElement; e; e = e.parentElement) if (e.matches(AROUND)) around.push(e)
  const item = element.closest("li, [role=listitem]")
  const list = item?.parentElement ?? null
  return { element, around, row: item && list && { item, list, index: [...list.children].indexOf(item) } }
}

/** It cannot have the keyboard any more. */
const isGone = (element: HTMLElement) => !element.isConnected || element.matches(":disabled")

const nearest = ({ element, row, around }: Held): HTMLElement | null => {
  if (!isGone(element) && !element.closest("[inert]")) return element
  // What was meant for a thread that is closed is not written into the room.
  const thread = around.find((e) => e.matches(".thread-pane"))
  if (element.closest("[data-composer]") && thread?.isConnected !== false) return composerField(thread)
  if (around.some((e) => e.matches(".people:not(.thread-pane)") && !e.isConnected))
    return document.getElementById("members-toggle")
  if (row?.list.isConnected) {
    const neighbour = row.item.isConnected
      ? row.item
      : row.list.children[Math.min(row.index, row.list.children.length - 1)]
    const entry = neighbour && entryOf(neighbour)
    if (entry) return entry
  }
  return (
    around
      .filter((e) => e.isConnected)
      .map(entryOf)
      .find((e) => e !== null) ?? null
  )
}

/** The page itself: from there on one reads it from its beginning. */
const focusMain = () => {
  const main = document.querySelector("main")
  if (!main) return
  main.tabIndex = -1
  main.focus({ preventScroll: true })
}

/**
 * When what had the keyboard is gone, what stands nearest takes it: the focus is never lost. `first` has had it so far.
 */
export const keepFocus = (first: Element | null, signal: AbortSignal): void => {
  if (signal.aborted) return
  let last: HTMLElement | null = null
  /** The last that did not float: what floats goes, and leaves the keyboard there. */
  let held: Held | null = null
  const take = (element: HTMLElement) => {
    last = element
    if (!element.closest(FLOATS)) held = hold(element)
  }
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target !== document.body) take(target)
  }
  /** Whoever presses beside everything wants nothing to have it. */
  const onBlur = ({ target }: FocusEvent) => {
    queueMicrotask(() => {
      if (target === last && last && !isGone(last) && document.activeElement === document.body) last = null
    })
  }
  // A key that presses something presses it when it is let go, or a moment before: until then nobody else gets the focus.
  let pressing = false
  const onPress = ({ key }: KeyboardEvent) => {
    if (key === "Enter" || key === " ") pressing = true
  }
  const onRelease = () => {
    pressing = false
    look()
  }
  const look = () => {
    if (pressing) return
    const { activeElement } = document
    if (!last || !isGone(last)) return
    if (activeElement !== document.body && activeElement !== null && activeElement !== last) return
    // What floats brings the keyboard back by itself.
    if (isCovered()) return
    last = null
    if (held) nearest(held)?.focus({ preventScroll: true })
    if (document.activeElement === activeElement) focusMain()
  }
  const observer = new MutationObserver(look)
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] })
  signal.addEventListener("abort", () => observer.disconnect())
  document.addEventListener("focusin", onFocus, { signal })
  document.addEventListener("focusout", onBlur, { signal })
  window.addEventListener("keydown", onPress, { capture: true, signal })
  window.addEventListener("keyup", onRelease, { capture: true, signal })
  // What had it when the first key was pressed may be gone by now.
  if (first instanceof HTMLElement && first !== document.body) take(first)
  look()
}

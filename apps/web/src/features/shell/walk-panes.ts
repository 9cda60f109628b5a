import { entryOf } from "./panes.ts"

/** The panes, in the order of reading. */
const PANES = [
  ".rail",
  ".list",
  ".room > .bar",
  ".room .timeline",
  ".room .composer",
  ".thread-pane .timeline",
  ".thread-pane .composer",
  ".people:not(.thread-pane)",
]

/** Moves the keyboard to the next pane that is there. */
export const walkPanes = (by: 1 | -1): void => {
  const panes = PANES.flatMap((selector) => [...document.querySelectorAll(`.app ${selector}`)]).filter((p) =>
    entryOf(p),
  )
  if (panes.length === 0) return
  const at = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = panes[at === -1 ? (by === 1 ? 0 : panes.length - 1) : (at + by + panes.length) % panes.length]
  if (next) entryOf(next)?.focus()
}

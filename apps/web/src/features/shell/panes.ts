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
const FOCUSABLE = "a[href], button:not(:disabled), textarea, input:not(:disabled), select, [tabindex='0']"

const isShown = (element: HTMLElement) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]")

/** Where the keyboard goes in a pane: to what is chosen there, else to where one writes, else to what comes first. */
export const entryOf = (pane: Element): HTMLElement | null => {
  const all = [...pane.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isShown)
  return (
    all.find((e) => e.matches("[aria-current]:not([aria-current=false])")) ??
    all.find((e) => e.matches("textarea")) ??
    all[0] ??
    null
  )
}

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

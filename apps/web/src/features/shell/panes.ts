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

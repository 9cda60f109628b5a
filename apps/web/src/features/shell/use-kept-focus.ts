import { useCallback } from "react"

const ROWS = ".rows > li"
const CONTROLS = "button:not(:disabled),a[href]"

const indexIn = (all: Iterable<Element>, one: Element | null): number => [...all].findIndex((other) => other === one)

const headingOf = (list: HTMLElement): HTMLElement | null =>
  list.querySelector<HTMLElement>("h1,h2") ?? list.closest("main,section")?.querySelector<HTMLElement>("h1,h2") ?? null

/**
 * When what has the focus goes, with its row, the row that comes after it takes it, at the same place; when there is none any more,
 * the heading. Set as the `ref` around the lists.
 */
export const useKeptFocus = () =>
  useCallback((list: HTMLElement | null) => {
    if (!list) return
    let last: { element: Element; row: number; control: number } | null = null
    const onFocus = ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest(ROWS) : null
      last = row && {
        element: target as Element,
        row: indexIn(list.querySelectorAll(ROWS), row),
        control: indexIn(row.querySelectorAll(CONTROLS), target as Element),
      }
    }
    // Not with its row, but given up: what goes much later does not take it back. Of a window that is left it is kept.
    const onBlur = () =>
      queueMicrotask(() => {
        if (last?.element.isConnected && last.element !== document.activeElement) last = null
      })
    const observer = new MutationObserver(() => {
      if (!last || last.element.isConnected) return
      const { row, control } = last
      last = null
      // Somewhere else it was put on purpose.
      if (document.activeElement && document.activeElement !== document.body) return
      const rows = [...list.querySelectorAll(ROWS)]
      const controls = [...(rows[Math.min(row, rows.length - 1)]?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])]
      const next = controls[Math.min(Math.max(control, 0), controls.length - 1)]
      if (next) return next.focus()
      const heading = headingOf(list)
      if (heading) heading.tabIndex = -1
      heading?.focus()
    })
    list.addEventListener("focusin", onFocus)
    list.addEventListener("focusout", onBlur)
    observer.observe(list, { childList: true, subtree: true })
    return () => {
      list.removeEventListener("focusin", onFocus)
      list.removeEventListener("focusout", onBlur)
      observer.disconnect()
    }
  }, [])

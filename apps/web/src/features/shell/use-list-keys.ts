import type { KeyboardEvent } from "react"

const steps: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
}

const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
  const step = steps[event.key]
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a[href],.open")]
  const at = links.findIndex((link) => link === document.activeElement)
  if (at === -1) return
  event.preventDefault()
  links[step(at, links.length)]?.focus()
}

/** Arrows, Home and End move the focus through the links of a list, and what opens a row of it. Spread onto the list. */
export const useListKeys = () => ({ onKeyDown })

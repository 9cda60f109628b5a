/** Told by `Alive`, once React hears this page. */
export const ALIVE = "hearth:alive"

/**
 * Runs in a document before anything else, sent as text: it may name nothing outside of itself.
 *
 * 1. Gives the scripts that the server put off (server/later-scripts.ts) their addresses once something was painted.
 * 2. Keeps what is pressed until React hears it, and presses it then. By itself a browser would send a form: every field, a
 *    password, too, in the address of the next page.
 */
export const firstScript = (alive: string): void => {
  const come = () => {
    for (const script of document.querySelectorAll<HTMLScriptElement>("script[data-src]")) {
      const src = script.dataset["src"]
      script.removeAttribute("data-src")
      if (src) script.src = src
    }
  }
  let begun = false
  const begin = () => {
    if (begun) return
    begun = true
    come()
    // What the document still brings.
    document.addEventListener("DOMContentLoaded", come)
  }
  // Nobody waits for a frame of a page that is not looked at, and not every browser tells of it.
  if (document.hidden) begin()
  else {
    document.addEventListener("visibilitychange", begin)
    // All that is left to load may be there before the frame is.
    addEventListener("load", () => setTimeout(begin, 500))
    new PerformanceObserver((list) => {
      if (list.getEntriesByName("first-contentful-paint").length > 0) begin()
    }).observe({ type: "paint", buffered: true })
  }

  // Next's own last word, when even app/global-error.tsx broke, is a form that asks for the page anew.
  const isLost = () => document.documentElement.id === "__next_error__"
  let pressed: HTMLButtonElement | null = null
  const onClick = (event: Event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (!button || isLost()) return
    event.preventDefault()
    event.stopPropagation()
    pressed = button
  }
  const onSubmit = (event: Event) => {
    if (!isLost()) event.preventDefault()
  }
  addEventListener("click", onClick, true)
  addEventListener("submit", onSubmit)
  addEventListener(
    alive,
    () => {
      removeEventListener("click", onClick, true)
      removeEventListener("submit", onSubmit)
      if (pressed?.isConnected) pressed.click()
    },
    { once: true },
  )
}

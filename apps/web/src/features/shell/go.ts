import { createSignal } from "../gateway/emitter.ts"

/** Where one has gone to, and the router has not come after yet. */
let ahead: string | null = null
const moved = createSignal()

const setAhead = (path: string | null): void => {
  if (path === ahead) return
  ahead = path
  moved.notify()
}

/**
 * Goes to another place of the shell. Nothing there comes from the server, so nothing is asked of it: the address changes, and
 * the shell draws what it names at once; the router comes after, when nobody waits for it. For a link's `onNavigate`, which
 * leaves new tabs to the browser.
 */
export const goTo =
  (path: string) =>
  (event?: { preventDefault(): void }): void => {
    event?.preventDefault()
    if (path === window.location.pathname) return
    window.history.pushState(null, "", path)
    setAhead(path)
  }

/** Where the shell is ahead of the router; null: nowhere. */
export const pathAhead = {
  get: (): string | null => ahead,
  subscribe: (listener: () => void): (() => void) => {
    const off = moved.subscribe(listener)
    // Back and forward are the router's: whatever we were on the way to is over.
    const back = () => setAhead(null)
    window.addEventListener("popstate", back)
    return () => {
      window.removeEventListener("popstate", back)
      off()
    }
  },
  /** The router stands here now. */
  caughtUp: (path: string): void => {
    if (path === ahead || window.location.pathname !== ahead) setAhead(null)
  },
}

/**
 * Goes to another place of the shell. Nothing there comes from the server, so nothing is asked of it: the address changes, and
 * the shell draws what it names in the same frame. For a link's `onNavigate`, which leaves new tabs to the browser.
 */
export const goTo =
  (path: string) =>
  (event?: { preventDefault(): void }): void => {
    event?.preventDefault()
    if (path !== window.location.pathname) window.history.pushState(null, "", path)
  }

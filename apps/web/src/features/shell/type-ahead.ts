let text = ""
let listening = false
let onEscape: (() => void) | undefined

const hear = (event: KeyboardEvent) => {
  if (event.metaKey || event.ctrlKey || event.isComposing) return
  if (event.key === "Backspace") text = text.slice(0, -1)
  else if (event.key.length === 1) text += event.key
  else if (event.key === "Escape") {
    typeAhead.stop()
    onEscape?.()
  }
  // They have no meaning yet: where one was writing before, they would have one.
  else if (!/^(Enter|Tab|Arrow)/.test(event.key)) return
  event.preventDefault()
  event.stopPropagation()
}

/**
 * Keeps what is typed into something that was asked for and is not there yet: nobody waits for it, and it must not go to where
 * one was writing before, or be taken for a key of the room. Escape: nobody waits for it any more.
 */
export const typeAhead = {
  start: (escaped?: () => void): void => {
    onEscape = escaped
    if (listening) return
    listening = true
    text = ""
    window.addEventListener("keydown", hear, { capture: true })
  },
  /** Answers what was typed. */
  stop: (): string => {
    listening = false
    window.removeEventListener("keydown", hear, { capture: true })
    const typed = text
    text = ""
    return typed
  },
}

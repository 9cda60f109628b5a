let text = ""
let onEscape: (() => void) | undefined

const hear = (event: KeyboardEvent) => {
  const { key } = event
  if (event.metaKey || event.ctrlKey || event.isComposing) return
  if (key === "Backspace") text = text.slice(0, -1)
  else if (key.length === 1) text += key
  else if (key === "Escape") {
    typeAhead.stop()
    onEscape?.()
  }
  // They have no meaning yet: where one was writing before, they would have one.
  else if (!/^(Enter|Tab|Arrow)/.test(key)) return
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
    // Once, however often it is asked for: what was typed stays.
    window.addEventListener("keydown", hear, true)
  },
  /** Answers what was typed. */
  stop: (): string => {
    window.removeEventListener("keydown", hear, true)
    const typed = text
    text = ""
    return typed
  },
}

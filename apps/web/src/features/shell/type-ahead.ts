let text = ""
let listening = false

const hear = (event: KeyboardEvent) => {
  if (event.metaKey || event.ctrlKey || event.isComposing) return
  if (event.key === "Backspace") text = text.slice(0, -1)
  else if (event.key.length === 1) text += event.key
  else return
  event.preventDefault()
  event.stopPropagation()
}

/**
 * Keeps what is typed into something that was asked for and is not there yet: nobody waits for it, and it must not go to where
 * one was writing before, or be taken for a key of the room.
 */
export const typeAhead = {
  start: (): void => {
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

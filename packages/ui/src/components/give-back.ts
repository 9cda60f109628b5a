import type { RefObject } from "react"

/**
 * Where the focus goes when something that floats beside `anchor` is gone. That is a moment after it was closed: what somebody,
 * or a dialog that it opened, has given the focus to by then keeps it.
 */
export const giveBack =
  (to: RefObject<HTMLElement | null>, anchor: RefObject<HTMLElement | null> = to) =>
  (): HTMLElement | false | null => {
    const at = document.activeElement
    const isElsewhere = at !== null && at !== document.body && at !== anchor.current && !at.closest(".menu")
    return isElsewhere ? false : to.current
  }

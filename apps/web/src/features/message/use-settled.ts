import { type RefObject, useEffect, useState } from "react"

const STILL_FRAMES = 2
const MOST_FRAMES = 20

/**
 * Whether rows that were waited for have their sizes and their place. Each is measured once it is drawn, and moves those below it:
 * until all rest for two frames nobody needs to see it. Rows that are there at once are shown at once.
 */
export const useSettled = (scroller: RefObject<HTMLElement | null>, waited: boolean): boolean => {
  const [settled, setSettled] = useState(!waited)
  useEffect(() => {
    if (settled) return
    let last = ""
    let still = 0
    let frames = 0
    const look = () => {
      const el = scroller.current
      const now = el ? `${el.scrollHeight} ${el.scrollTop}` : ""
      still = now === last ? still + 1 : 0
      last = now
      if (still >= STILL_FRAMES || ++frames >= MOST_FRAMES) return setSettled(true)
      frame = requestAnimationFrame(look)
    }
    let frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [settled, scroller])
  return settled
}

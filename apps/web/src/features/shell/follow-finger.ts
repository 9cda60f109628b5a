import { begin, type Finger, move, pulled, settles, type Swipe } from "./swipe.ts"
import { isNarrow } from "./width.ts"

/** Something between the finger and the app scrolls sideways itself. */
const scrollsSideways = (target: EventTarget | null, app: Element): boolean => {
  for (let e = target instanceof Element ? target : null; e && e !== app; e = e.parentElement)
    if (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX)) return true
  return false
}

interface Drawer {
  isOpen: () => boolean
  settle: (open: boolean) => void
  /** Ends it. */
  signal: AbortSignal
}

/** The drawer follows a finger: out from the edge, and back. Only while there is a drawer, and only fingers: a mouse selects text. */
export const followFinger = (el: HTMLElement, { isOpen, settle, signal }: Drawer): void => {
  if (signal.aborted) return
  let swipe: Swipe | null = null
  let pointerId = -1

  const fingerOf = (event: PointerEvent): Finger => {
    const rtl = getComputedStyle(el).direction === "rtl"
    return { x: rtl ? el.clientWidth - event.clientX : event.clientX, y: event.clientY, at: event.timeStamp }
  }
  const end = () => {
    swipe = null
    pointerId = -1
    delete el.dataset["swiping"]
    el.style.removeProperty("--pulled")
  }
  const onDown = (event: PointerEvent) => {
    if (event.pointerType !== "touch" || !isNarrow()) return
    if (swipe) return end()
    if (!isOpen() && scrollsSideways(event.target, el)) return
    const width = el.querySelector(".drawer")?.clientWidth ?? 0
    swipe = begin(isOpen(), width, fingerOf(event))
    pointerId = event.pointerId
  }
  const onMove = (event: PointerEvent) => {
    if (!swipe || event.pointerId !== pointerId) return
    swipe = move(swipe, fingerOf(event))
    if (swipe.ours === false) return end()
    if (!swipe.ours) return
    el.dataset["swiping"] = ""
    el.style.setProperty("--pulled", `${pulled(swipe)}px`)
  }
  const onUp = (event: PointerEvent) => {
    if (!swipe || event.pointerId !== pointerId) return
    const { ours } = swipe
    const next = settles(swipe)
    end()
    if (ours) settle(next)
  }
  const onCancel = (event: PointerEvent) => {
    if (event.pointerId === pointerId) end()
  }
  el.addEventListener("pointerdown", onDown, { signal })
  el.addEventListener("pointermove", onMove, { signal })
  el.addEventListener("pointerup", onUp, { signal })
  el.addEventListener("pointercancel", onCancel, { signal })
  signal.addEventListener("abort", end)
}

"use client"
import { useEffect, useLayoutEffect, useRef, useState } from "react"
import { createPortal } from "react-dom"
import { Keys } from "./tag.tsx"
import { tipPlace, type TipSide } from "./tip-place.ts"

const WAIT_MS = 600
/** While one has just been read, the next comes at once. */
const WARM_MS = 400

const tipOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null

/** Listens for the whole page, and draws the one tip that there is. Its words are the thing's own name: hidden from readers. */
export const Tips = () => {
  const [on, setOn] = useState<HTMLElement | null>(null)
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let over: HTMLElement | null = null
    let shown = false
    let warmUntil = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (element: HTMLElement) => {
      shown = true
      setOn(element)
    }
    const hide = () => {
      clearTimeout(timer)
      if (shown) warmUntil = performance.now() + WARM_MS
      shown = false
      setOn(null)
    }
    const onOver = (event: PointerEvent) => {
      const element = event.pointerType === "touch" ? null : tipOf(event.target)
      if (element === over) return
      over = element
      hide()
      if (element) timer = setTimeout(() => show(element), performance.now() < warmUntil ? 0 : WAIT_MS)
    }
    const onFocus = (event: FocusEvent) => {
      const element = tipOf(event.target)
      if (element?.matches(":focus-visible")) show(element)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide()
    }
    const heard: [string, EventListener][] = [
      ["pointerover", onOver as EventListener],
      ["pointerdown", hide],
      ["focusin", onFocus as EventListener],
      ["focusout", hide],
      ["keydown", onKey as EventListener],
      ["scroll", hide],
    ]
    for (const [kind, listener] of heard) document.addEventListener(kind, listener, { capture: true, passive: true })
    // What one points at, or came to by key, while this was on its way.
    const pointed = tipOf([...document.querySelectorAll(":hover")].at(-1) ?? null)
    const reached = tipOf(document.activeElement)
    if (reached?.matches(":focus-visible")) show(reached)
    else if (pointed) {
      over = pointed
      timer = setTimeout(() => show(pointed), WAIT_MS)
    }
    return () => {
      clearTimeout(timer)
      for (const [kind, listener] of heard) document.removeEventListener(kind, listener, { capture: true })
    }
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    if (!element || !on) return
    const { width, height } = element.getBoundingClientRect()
    const view = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight }
    const { left, top } = tipPlace(
      on.getBoundingClientRect(),
      { width, height },
      on.dataset["tipSide"] as TipSide,
      view,
    )
    element.style.left = `${left}px`
    element.style.top = `${top}px`
    element.setAttribute("data-starting-style", "")
    const frame = requestAnimationFrame(() => element.removeAttribute("data-starting-style"))
    return () => cancelAnimationFrame(frame)
  }, [on])

  if (!on?.isConnected) return null
  const keys = on.dataset["tipKeys"]
  return createPortal(
    <div ref={box} className="tooltip" aria-hidden="true">
      {on.dataset["tip"]}
      {keys && <Keys>{keys}</Keys>}
    </div>,
    document.body,
  )
}

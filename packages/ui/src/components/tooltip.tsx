"use client"
import { cloneElement, type ReactElement, type ReactNode, useEffect, useState } from "react"
import { onDemand, useOnDemand } from "../on-demand.ts"

const tips = onDemand(() => import("./tips.tsx"))
const SIGNS = ["pointermove", "keydown"] as const

/** One for the app: it draws the tip of whatever is pointed at. It comes with the first sign of somebody who could point. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => {
  const [wanted, setWanted] = useState(false)
  const drawn = useOnDemand(tips, wanted, () => {})
  useEffect(() => {
    const want = () => setWanted(true)
    for (const sign of SIGNS) document.addEventListener(sign, want, { once: true, passive: true })
    return () => {
      for (const sign of SIGNS) document.removeEventListener(sign, want)
    }
  }, [])
  return (
    <>
      {children}
      {drawn && <drawn.Tips />}
    </>
  )
}

type Props = {
  /** What the thing is called; say the same in its accessible name. */
  label: string
  keys?: string | undefined
  side?: "top" | "right" | "bottom" | "left" | undefined
  /** The thing itself: one element that passes props on. */
  children: ReactElement<Record<string, unknown>>
}

/**
 * The name of a thing that shows only an icon, and the key that does the same. A mark on the element and no component of its
 * own: hundreds of them are on a screen, and one tip.
 */
export const Tooltip = ({ label, keys, side = "top", children }: Props) =>
  cloneElement(children, { "data-tip": label, "data-tip-keys": keys, "data-tip-side": side })

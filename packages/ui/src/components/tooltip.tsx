"use client"
import { Tooltip as Base } from "@base-ui/react/tooltip"
import type { ReactElement } from "react"
import { Keys } from "./tag.tsx"

/** One for the app: while one tooltip is open the next comes at once. */
export const TooltipProvider = Base.Provider

type Props = {
  /** What the thing is called; say the same in its accessible name. */
  label: string
  keys?: string
  side?: "top" | "right" | "bottom" | "left"
  /** The thing itself: one element that takes a ref and props. */
  children: ReactElement
}

/** The name of a thing that shows only an icon, and the key that does the same. */
export const Tooltip = ({ label, keys, side = "top", children }: Props) => (
  <Base.Root>
    <Base.Trigger render={children} />
    <Base.Portal>
      <Base.Positioner className="float" side={side} sideOffset={8}>
        <Base.Popup className="tooltip" aria-hidden="true">
          {label}
          {keys && <Keys>{keys}</Keys>}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

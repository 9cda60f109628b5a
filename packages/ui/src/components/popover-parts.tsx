"use client"
import { Popover } from "@base-ui/react/popover"
import type { ReactNode, RefObject } from "react"
import { giveBack } from "./give-back.ts"

interface PopupProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The button that opens it: it stands beside that. */
  anchor: RefObject<HTMLElement | null>
  returnTo: RefObject<HTMLElement | null>
  initialFocus?: RefObject<HTMLElement | null>
  label: string
  side: "top" | "right" | "bottom" | "left"
  align: "start" | "center" | "end"
  children: ReactNode
}

/** A small thing of its own beside a button. Esc and a press elsewhere close it. Not in the index: it is loaded on demand. */
export const PopoverPopup = ({
  open,
  onOpenChange,
  anchor,
  returnTo,
  initialFocus,
  label,
  side,
  align,
  children,
}: PopupProps) => (
  <Popover.Root
    open={open}
    onOpenChange={(next, details) => {
      const { target } = details.event
      // The button opens and closes by itself.
      if (!next && details.reason === "outside-press" && target instanceof Node && anchor.current?.contains(target))
        return details.cancel()
      onOpenChange(next)
    }}
  >
    <Popover.Portal>
      <Popover.Positioner
        className="float"
        anchor={anchor}
        side={side}
        align={align}
        sideOffset={8}
        collisionPadding={8}
      >
        <Popover.Popup
          className="menu popover"
          aria-label={label}
          initialFocus={initialFocus}
          finalFocus={giveBack(returnTo, anchor)}
        >
          {children}
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  </Popover.Root>
)

"use client"
import { Dialog as Base } from "@base-ui/react/dialog"
import type { ReactNode, RefObject } from "react"

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  /** What has the focus first. Without it: the first thing that can. */
  initialFocus?: RefObject<HTMLElement | null>
  /** What has the focus when it is closed; `true`: where it came from. */
  finalFocus?: () => HTMLElement | true
}

/** Asks for one thing, over everything else. Esc and a press outside close it; focus goes back where it came from. */
export const Dialog = ({ open, onOpenChange, title, description, children, ...focus }: DialogProps) => (
  <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
    <Base.Portal>
      <Base.Backdrop className="veil" />
      <Base.Viewport className="stage">
        <Base.Popup className="dialog" {...focus}>
          <Base.Title>{title}</Base.Title>
          {description && (
            <Base.Description className="description" render={<div />}>
              {description}
            </Base.Description>
          )}
          {children}
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  </Base.Root>
)

export type BareDialogProps = Omit<DialogProps, "title" | "description"> & {
  label: string
}

/** A dialog without a frame of its own: the quick switcher. */
export const BareDialog = ({ open, onOpenChange, label, children, ...focus }: BareDialogProps) => (
  <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
    <Base.Portal>
      <Base.Backdrop className="veil" />
      <Base.Viewport className="stage high">
        <Base.Popup className="jumpbox" aria-label={label} {...focus}>
          {children}
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  </Base.Root>
)

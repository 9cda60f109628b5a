"use client"
import { useState } from "react"
import { onDemand, useOnDemand } from "../on-demand.ts"
import type { BareDialogProps, DialogProps } from "./dialog-parts.tsx"

// What floats is most of a dialog's code: it is loaded when the first one opens.
const parts = onDemand(() => import("./dialog-parts.tsx"))

/** From its first opening on it stays drawn, so that it can fade. */
const useParts = ({ open, onOpenChange }: Pick<DialogProps, "open" | "onOpenChange">) => {
  const [used, setUsed] = useState(open)
  if (open && !used) setUsed(true)
  const loaded = useOnDemand(parts, open, () => onOpenChange(false))
  return used ? loaded : null
}

/** Asks for one thing, over everything else. Esc and a press outside close it; focus goes back where it came from. */
export const Dialog = (props: DialogProps) => {
  const loaded = useParts(props)
  return loaded && <loaded.Dialog {...props} />
}

/** A dialog without a frame of its own: the quick switcher. */
export const BareDialog = (props: BareDialogProps) => {
  const loaded = useParts(props)
  return loaded && <loaded.BareDialog {...props} />
}

/** Loads what dialogs need before one opens. */
export const prepareDialogs = parts.prepare

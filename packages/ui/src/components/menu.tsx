"use client"
import {
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useRef,
  useState,
} from "react"
import { onDemand, useOnDemand } from "../on-demand.ts"
import type { ItemProps, LinkProps } from "./menu-parts.tsx"

// What floats is most of a menu's code: it is loaded when somebody is about to open the first one.
const parts = onDemand(() => import("./menu-parts.tsx"))

type Props = {
  /** The button that opens it: one element that takes a ref and props. */
  trigger: ReactElement<Record<string, unknown>>
  children: ReactNode
  side?: "top" | "right" | "bottom" | "left"
  align?: "start" | "center" | "end"
}

/** What can be done with a thing. Arrows and letters move, Enter does it, Esc closes. */
export const Menu = ({ trigger, children, side = "bottom", align = "start" }: Props) => {
  const button = useRef<HTMLElement>(null)
  const [open, setOpen] = useState(false)
  const [used, setUsed] = useState(false)
  const [byKey, setByKey] = useState(false)
  const show = (withKey: boolean) => {
    setByKey(withKey)
    setUsed(true)
    setOpen(true)
  }
  const loaded = useOnDemand(parts, open, () => setOpen(false))
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "data-popup-open": open ? "" : undefined,
        onPointerEnter: parts.prepare,
        onFocus: parts.prepare,
        // A press of Enter or Space is a click without a pointer.
        onClick: (event: MouseEvent) => (open ? setOpen(false) : show(event.detail === 0)),
        onKeyDown: (event: KeyboardEvent) => {
          if (open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return
          event.preventDefault()
          event.stopPropagation()
          show(true)
        },
      })}
      {used && loaded && (
        <loaded.MenuPopup
          open={open}
          onOpenChange={setOpen}
          byKey={byKey}
          anchor={button}
          side={side}
          align={align}
          label={trigger.props["aria-label"]}
        >
          {children}
        </loaded.MenuPopup>
      )}
    </>
  )
}

// Drawn in an open menu only, so that its parts are there.
export const MenuItem = (props: ItemProps) => {
  const loaded = parts.get()
  return loaded && <loaded.MenuItem {...props} />
}
export const MenuLink = (props: LinkProps) => {
  const loaded = parts.get()
  return loaded && <loaded.MenuLink {...props} />
}
export const MenuSeparator = () => {
  const loaded = parts.get()
  return loaded && <loaded.MenuSeparator />
}

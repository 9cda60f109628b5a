"use client"
import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, useRef, useState } from "react"
import type { ItemProps, LinkProps } from "./menu-parts.tsx"

type Parts = typeof import("./menu-parts.tsx")

// What floats is most of a menu's code: it is loaded when somebody is about to open the first one.
let parts: Parts | null = null
let loading: Promise<void> | undefined
const load = (): Promise<void> => {
  loading ??= import("./menu-parts.tsx").then(
    (loaded) => {
      parts = loaded
    },
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}
const prepare = () => {
  load().catch(() => {
    // Without a connection: opening it tries again.
  })
}

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
  const show = () => {
    load().then(
      () => {
        setUsed(true)
        setOpen(true)
      },
      () => setOpen(false),
    )
  }
  const Popup = used ? parts?.MenuPopup : undefined
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "data-popup-open": open ? "" : undefined,
        onPointerEnter: prepare,
        onFocus: prepare,
        onClick: () => (open ? setOpen(false) : show()),
        onKeyDown: (event: KeyboardEvent) => {
          if (open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return
          event.preventDefault()
          event.stopPropagation()
          show()
        },
      })}
      {Popup && (
        <Popup
          open={open}
          onOpenChange={setOpen}
          anchor={button}
          side={side}
          align={align}
          label={trigger.props["aria-label"]}
        >
          {children}
        </Popup>
      )}
    </>
  )
}

// Drawn in an open menu only, so that its parts are there.
export const MenuItem = (props: ItemProps) => parts && <parts.MenuItem {...props} />
export const MenuLink = (props: LinkProps) => parts && <parts.MenuLink {...props} />
export const MenuSeparator = () => parts && <parts.MenuSeparator />

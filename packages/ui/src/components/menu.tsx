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
import { type OnDemand, onDemand, useAway, useOnDemand } from "../on-demand.ts"
import type { ItemProps, LinkProps, RadiosProps } from "./menu-parts.tsx"

// What floats is most of a menu's code: it is loaded when somebody is about to open the first one.
const parts = onDemand(() => import("./menu-parts.tsx"))
/** In advance: a menu opens without a connection, too. */
export const prepareMenus = parts.prepare

type Props<T> = {
  /** The button that opens it: one element that takes a ref and props. */
  trigger: ReactElement<Record<string, unknown>>
  side?: "top" | "right" | "bottom" | "left"
  align?: "start" | "center" | "end"
} & (
  | { items?: undefined; children: ReactNode }
  /** What stands in it is loaded with the menu, too. */
  | { items: OnDemand<T>; children: (items: T) => ReactNode }
)

/** What can be done with a thing. Arrows and letters move, Enter does it, Esc closes. */
export const Menu = <T,>({ trigger, side = "bottom", align = "start", ...content }: Props<T>) => {
  const button = useRef<HTMLElement>(null)
  const [open, setOpen] = useState(false)
  const [used, setUsed] = useState(false)
  const [byKey, setByKey] = useState(false)
  const show = (withKey: boolean) => {
    setByKey(withKey)
    setUsed(true)
    setOpen(true)
  }
  const away = useAway()
  const fail = () => {
    setOpen(false)
    away()
  }
  const loaded = useOnDemand(parts, open, fail)
  useOnDemand<unknown>(content.items ?? parts, open, fail)
  const draw = () => {
    if (!content.items) return content.children
    const items = content.items.get()
    return items && content.children(items)
  }
  const prepare = () => {
    parts.prepare()
    content.items?.prepare()
  }
  const ready = loaded && (!content.items || content.items.get() !== null)
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "data-popup-open": open ? "" : undefined,
        onPointerEnter: prepare,
        onFocus: prepare,
        // A press of Enter or Space is a click without a pointer.
        onClick: (event: MouseEvent) => (open ? setOpen(false) : show(event.detail === 0)),
        onKeyDown: (event: KeyboardEvent) => {
          if (open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return
          event.preventDefault()
          event.stopPropagation()
          show(true)
        },
      })}
      {used && ready && (
        <loaded.MenuPopup
          open={open}
          onOpenChange={setOpen}
          byKey={byKey}
          anchor={button}
          side={side}
          align={align}
          label={trigger.props["aria-label"]}
        >
          {draw()}
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
export const MenuRadios = <T extends string>(props: RadiosProps<T>) => {
  const loaded = parts.get()
  return loaded && <loaded.MenuRadios {...props} />
}
export const MenuSeparator = () => {
  const loaded = parts.get()
  return loaded && <loaded.MenuSeparator />
}

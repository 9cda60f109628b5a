"use client"
import { Menu as Base } from "@base-ui/react/menu"
import type { ReactElement, ReactNode } from "react"

type Props = {
  /** The button that opens it: one element that takes a ref and props. */
  trigger: ReactElement
  children: ReactNode
  side?: "top" | "right" | "bottom" | "left"
  align?: "start" | "center" | "end"
}

/** What can be done with a thing. Arrows and letters move, Enter does it, Esc closes. */
export const Menu = ({ trigger, children, side = "bottom", align = "start" }: Props) => (
  <Base.Root>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner className="float" side={side} align={align} sideOffset={6}>
        <Base.Popup className="menu">{children}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

type ItemProps = { icon?: ReactNode; children: ReactNode; danger?: boolean; onSelect: () => void; disabled?: boolean }

export const MenuItem = ({ icon, children, danger = false, onSelect, disabled }: ItemProps) => (
  <Base.Item className={danger ? "menu-item bad" : "menu-item"} onClick={onSelect} disabled={disabled}>
    {icon}
    {children}
  </Base.Item>
)

/** An item that leads somewhere: `link` is the anchor of the app's router. */
export const MenuLink = ({ icon, children, link }: { icon?: ReactNode; children: ReactNode; link: ReactElement }) => (
  <Base.LinkItem className="menu-item" render={link} closeOnClick>
    {icon}
    {children}
  </Base.LinkItem>
)

export const MenuSeparator = () => <Base.Separator />

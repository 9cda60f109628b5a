"use client"
import { Menu as Base } from "@base-ui/react/menu"
import { CheckIcon } from "../icons.ts"
import { giveBack } from "./give-back.ts"
import { type FocusEvent, type ReactElement, type ReactNode, type RefObject, useEffect, useRef } from "react"

interface PopupProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The button that opens it: it stands beside that, and gives the focus back to it. */
  anchor: RefObject<HTMLElement | null>
  side: "top" | "right" | "bottom" | "left"
  align: "start" | "center" | "end"
  label: unknown
  /** Opened without a pointer: then one is at the first item. */
  byKey: boolean
  children: ReactNode
}

export const MenuPopup = ({ open, onOpenChange, anchor, side, align, label, byKey, children }: PopupProps) => {
  const entered = useRef(false)
  useEffect(() => {
    if (!open) entered.current = false
  }, [open])
  // The popup itself gets the focus when it opens: once an opening it goes on to the first item.
  const enter = (event: FocusEvent<HTMLElement>) => {
    if (!byKey || entered.current || event.target !== event.currentTarget) return
    entered.current = true
    event.currentTarget.querySelector<HTMLElement>("[role^=menuitem]")?.focus()
  }
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, details) => {
        const { target } = details.event
        // The button opens and closes by itself.
        if (!next && details.reason === "outside-press" && target instanceof Node && anchor.current?.contains(target))
          return details.cancel()
        onOpenChange(next)
      }}
    >
      <Base.Portal>
        <Base.Positioner className="float" anchor={anchor} side={side} align={align} sideOffset={6}>
          <Base.Popup
            onFocus={enter}
            className="menu"
            finalFocus={giveBack(anchor)}
            aria-label={typeof label === "string" ? label : undefined}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface ItemProps {
  icon?: ReactNode
  children: ReactNode
  danger?: boolean
  onSelect: () => void
  disabled?: boolean
}

export const MenuItem = ({ icon, children, danger = false, onSelect, disabled }: ItemProps) => (
  <Base.Item className={danger ? "menu-item bad" : "menu-item"} onClick={onSelect} disabled={disabled}>
    {icon}
    {children}
  </Base.Item>
)

export interface LinkProps {
  icon?: ReactNode
  children: ReactNode
  link: ReactElement
}

/** An item that leads somewhere: `link` is the anchor of the app's router. */
export const MenuLink = ({ icon, children, link }: LinkProps) => (
  <Base.LinkItem className="menu-item" render={link} closeOnClick>
    {icon}
    {children}
  </Base.LinkItem>
)

export interface RadiosProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: ReactNode; icon?: ReactNode }[]
  onChange: (value: T) => void
}

/** One of a few: a check says which it is. Choosing closes the menu. */
export const MenuRadios = <T extends string>({ label, value, options, onChange }: RadiosProps<T>) => (
  <Base.RadioGroup aria-label={label} value={value} onValueChange={(next) => onChange(next as T)}>
    {options.map((option) => (
      <Base.RadioItem key={option.value} className="menu-item" value={option.value} closeOnClick>
        {option.icon}
        <span className="grow">{option.label}</span>
        <Base.RadioItemIndicator render={<CheckIcon className="i s" weight="bold" aria-hidden="true" />} />
      </Base.RadioItem>
    ))}
  </Base.RadioGroup>
)

export const MenuSeparator = () => <Base.Separator />

"use client"
import type { ComponentProps, ReactNode } from "react"
import { Tooltip } from "./tooltip.tsx"

type Props = Omit<ComponentProps<"button">, "children" | "aria-label"> & {
  label: string
  icon: ReactNode
  /** Of a toggle: whether it is on. */
  pressed?: boolean
  keys?: string
  side?: "top" | "right" | "bottom" | "left"
  small?: boolean
}

/** A button with an icon alone: named, with a tooltip that says the name and the key. */
export const IconButton = ({ label, icon, pressed, keys, side, small = false, className = "", ...rest }: Props) => (
  <Tooltip label={label} keys={keys} side={side}>
    <button
      type="button"
      {...rest}
      className={["ib", small && "sm", className].filter(Boolean).join(" ")}
      aria-label={label}
      aria-pressed={pressed}
    >
      {icon}
    </button>
  </Tooltip>
)

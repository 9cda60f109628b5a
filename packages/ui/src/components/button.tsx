import type { ComponentProps } from "react"

export type ButtonLook = "neutral" | "ember" | "bare" | "danger" | "danger-quiet"
export type ButtonSize = "small" | "normal" | "big"

export interface ButtonStyle {
  /** One ember button a view: it is what the view asks for. */
  look?: ButtonLook
  size?: ButtonSize
  wide?: boolean
}

/** For what looks like a button and is a link. */
export const buttonClass = ({ look = "neutral", size = "normal", wide = false }: ButtonStyle = {}): string =>
  ["btn", look !== "neutral" && look, size !== "normal" && size, wide && "wide"].filter(Boolean).join(" ")

type Props = ComponentProps<"button"> & ButtonStyle & { busy?: boolean }

/** Busy: the answer is awaited. The button keeps its focus and its size, and takes no second press. */
export const Button = ({ look, size, wide, busy = false, type = "button", onClick, ...rest }: Props) => (
  <button
    {...rest}
    type={type}
    className={buttonClass({ look, size, wide })}
    aria-busy={busy || undefined}
    aria-disabled={busy || undefined}
    onClick={(event) => {
      if (busy) event.preventDefault()
      else onClick?.(event)
    }}
  />
)

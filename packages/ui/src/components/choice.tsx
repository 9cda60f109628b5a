"use client"
import { type ReactNode, useId } from "react"

interface OptionProps {
  label: ReactNode
  help?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

const option = (kind: "switch" | "checkbox", { label, help, checked, onChange, disabled }: OptionProps, id: string) => (
  <label className="option">
    <input
      type="checkbox"
      role={kind === "switch" ? "switch" : undefined}
      className={kind === "switch" ? "switch" : "check"}
      checked={checked}
      disabled={disabled}
      aria-labelledby={`${id}-label`}
      aria-describedby={help ? `${id}-help` : undefined}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
    <span className="grow">
      <span id={`${id}-label`}>{label}</span>
      {help && (
        <span className="hint" id={`${id}-help`}>
          {help}
        </span>
      )}
    </span>
  </label>
)

/** On or off, at once. */
export const Switch = (props: OptionProps) => option("switch", props, useId())
/** Yes or no, when the form is sent. */
export const Checkbox = (props: OptionProps) => option("checkbox", props, useId())

type SegmentedProps<T extends string> = {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}

/** One of a few. Arrow keys move the choice, as in any group of radios. */
export const Segmented = <T extends string>({ label, value, options, onChange }: SegmentedProps<T>) => {
  const name = useId()
  return (
    <div className="seg" role="radiogroup" aria-label={label}>
      {options.map((o) => (
        <label key={o.value}>
          <input
            type="radio"
            name={name}
            value={o.value}
            checked={o.value === value}
            onChange={() => onChange(o.value)}
          />
          {o.label}
        </label>
      ))}
    </div>
  )
}

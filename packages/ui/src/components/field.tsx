"use client"
import { type ComponentProps, type ReactNode, useId, useState } from "react"
import { CaretUpDownIcon, EyeIcon, EyeSlashIcon, WarningCircleIcon } from "../icons.ts"
import { IconButton } from "./icon-button.tsx"

interface Wiring {
  id: string
  "aria-describedby": string | undefined
  "aria-invalid": true | undefined
}

interface FieldProps {
  label: ReactNode
  help?: ReactNode
  /** A sentence: what is wrong, and how it is right. */
  error?: string | null | undefined
}

const Field = ({ label, help, error, children }: FieldProps & { children: (wiring: Wiring) => ReactNode }) => {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-describedby": error || help ? `${id}-help` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? (
        <span className="help bad" id={`${id}-help`} role="alert">
          <WarningCircleIcon weight="fill" className="i s" aria-hidden="true" />
          {error}
        </span>
      ) : (
        help && (
          <span className="help" id={`${id}-help`}>
            {help}
          </span>
        )
      )}
    </div>
  )
}

type TextProps = FieldProps & Omit<ComponentProps<"input">, "id"> & { before?: ReactNode }

export const TextField = ({ label, help, error, before, ...rest }: TextProps) => (
  <Field label={label} help={help} error={error}>
    {(wiring) => (
      <span className="input">
        {before}
        <input type="text" {...rest} {...wiring} />
      </span>
    )}
  </Field>
)

type PasswordProps = TextProps & { showLabel: string; hideLabel: string }

/** A password that can be looked at while it is typed. */
export const PasswordField = ({ label, help, error, showLabel, hideLabel, ...rest }: PasswordProps) => {
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} help={help} error={error}>
      {(wiring) => (
        <span className="input">
          <input placeholder=" " {...rest} {...wiring} type={shown ? "text" : "password"} />
          <IconButton
            label={shown ? hideLabel : showLabel}
            icon={
              shown ? <EyeSlashIcon className="i" aria-hidden="true" /> : <EyeIcon className="i" aria-hidden="true" />
            }
            onClick={() => setShown(!shown)}
          />
        </span>
      )}
    </Field>
  )
}

type AreaProps = FieldProps & Omit<ComponentProps<"textarea">, "id">

export const TextAreaField = ({ label, help, error, ...rest }: AreaProps) => (
  <Field label={label} help={help} error={error}>
    {(wiring) => (
      <span className="input area">
        <textarea {...rest} {...wiring} />
      </span>
    )}
  </Field>
)

type SelectProps<T extends string> = FieldProps & {
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
  name?: string
}

export const SelectField = <T extends string>({
  label,
  help,
  error,
  value,
  options,
  onChange,
  name,
}: SelectProps<T>) => (
  <Field label={label} help={help} error={error}>
    {(wiring) => (
      <span className="input">
        <select
          name={name}
          value={value}
          onChange={(event) => {
            const chosen = options.find((o) => o.value === event.currentTarget.value)
            if (chosen) onChange(chosen.value)
          }}
          {...wiring}
        >
          {options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
        <CaretUpDownIcon className="i s" aria-hidden="true" />
      </span>
    )}
  </Field>
)

"use client"
import { type SubmitEvent, useEffect, useRef } from "react"

/**
 * A form that the server draws: what was typed into it before this page came to life counts, and so does its being sent
 * (early-forms.tsx). Its fields keep their own values, by name; `submit` gets them.
 */
export const useForm = <Name extends string>(
  names: readonly Name[],
  submit: (values: Record<Name, string>) => void,
) => {
  const ref = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const form = ref.current
    if (form?.dataset["early"] === undefined) return
    // After what hydrating itself still changes.
    const timer = setTimeout(() => {
      delete form.dataset["early"]
      form.requestSubmit()
    })
    return () => clearTimeout(timer)
  }, [])
  return {
    ref,
    noValidate: true,
    // For whoever has switched scripts off: not even then is it part of an address.
    method: "post",
    onSubmit: (event: SubmitEvent<HTMLFormElement>) => {
      event.preventDefault()
      const data = new FormData(event.currentTarget)
      const values = names.map((name) => [name, String(data.get(name) ?? "")])
      submit(Object.fromEntries(values) as Record<Name, string>)
    },
  }
}

import type { SubmitEvent } from "react"

/** A form that the server draws. Its fields keep their own values, by name: what was typed before React came counts, too. */
export const formOf = <Name extends string>(
  names: readonly Name[],
  submit: (values: Record<Name, string>) => void,
) => ({
  noValidate: true,
  // For whoever has switched scripts off: not even then is it part of an address.
  method: "post",
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    submit(Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")])) as Record<Name, string>)
  },
})

"use client"
import { SetupRequest } from "@hearth/core"
import { Button, PasswordField, TextField } from "@hearth/ui"
import { useState, useSyncExternalStore } from "react"
import { openSession } from "../account/sign-in.ts"
import { Complaint } from "../shell/complaint.tsx"
import { type Problems, problemsOf, useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { setupCodeIn } from "./setup-code.ts"

interface Values {
  code: string
  instanceName: string
  displayName: string
  email: string
  password: string
}

const onHash = (changed: () => void) => {
  window.addEventListener("hashchange", changed)
  return () => window.removeEventListener("hashchange", changed)
}
/** The printed address carries the code in its fragment, which only the browser sees. */
const useCarriedCode = (): string =>
  useSyncExternalStore(
    onHash,
    () => setupCodeIn(window.location.hash),
    () => "",
  )

/** Names this Hearth and makes its first account. Who may do that has the code which the start printed. */
export const SetupForm = () => {
  const carried = useCarriedCode()
  const [typed, setTyped] = useState<Partial<Values>>({})
  const values: Values = { code: carried, instanceName: "", displayName: "", email: "", password: "", ...typed }
  const [problems, setProblems] = useState<Problems>({})
  const [gone, setGone] = useState(false)
  const { busy, error, send } = useAction(async (input: Values) => {
    await trpc.setup.create.mutate(input)
    await openSession(input)
  })
  const askForCode = carried === "" || error?.code === "WRONG_SETUP_CODE"
  const field = (name: keyof Values) => ({
    name,
    required: true,
    value: values[name],
    error: problems[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((old) => ({ ...old, [name]: value }))
      setProblems((old) => ({ ...old, [name]: undefined }))
    },
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const found = problemsOf(SetupRequest, values) ?? (values.code.trim() ? null : {})
        const asked = values.code.trim() ? found : { ...found, code: "Without the code this cannot be set up." }
        setProblems(asked ?? {})
        if (asked) return
        void send(values, () => {
          setGone(true)
          window.location.assign("/")
        })
      }}
    >
      <Complaint error={error} />
      {askForCode && (
        <TextField
          label="Setup code"
          help="The start printed it, at the end of its output."
          autoComplete="off"
          spellCheck={false}
          {...field("code")}
        />
      )}
      <TextField label="What is this place called?" autoComplete="organization" {...field("instanceName")} />
      <TextField label="Your name" autoComplete="name" {...field("displayName")} />
      <TextField label="Email" type="email" autoComplete="username" placeholder="you@example.org" {...field("email")} />
      <PasswordField
        label="Password"
        autoComplete="new-password"
        placeholder="at least 12 characters"
        {...field("password")}
      />
      <Button type="submit" look="ember" size="big" wide busy={busy || gone}>
        Light it
      </Button>
    </form>
  )
}

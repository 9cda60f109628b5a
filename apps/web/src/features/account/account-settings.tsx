"use client"
import { Button, PasswordField, TextField, useToast } from "@hearth/ui"
import { useState } from "react"
import { useBootstrap, useGateway } from "../gateway/index.ts"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { type Problems, problemsIn, useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { endSession } from "./sign-in.ts"

export const AccountSettings = () => (
  <SettingsSheet title="Account" lead="Who you are here.">
    <NameForm />
    <PasswordForm />
    <section aria-labelledby="account-out">
      <h2 id="account-out">Sign out</h2>
      <Button onClick={() => void endSession()}>Sign out here</Button>
    </section>
  </SettingsSheet>
)

const NameForm = () => {
  const me = useBootstrap((b) => b.me)
  const gateway = useGateway()
  const { say } = useToast()
  const [displayName, setName] = useState(me.displayName)
  const [problem, setProblem] = useState<string | undefined>()
  const { busy, error, send } = useAction(trpc.account.update.mutate)
  return (
    <section aria-labelledby="account-name">
      <h2 id="account-name">Name</h2>
      <form
        onSubmit={async (event) => {
          event.preventDefault()
          const problems = await problemsIn("UpdateAccountRequest", { displayName })
          setProblem(problems?.["displayName"])
          if (problems) return
          void send({ displayName }, (card) => {
            gateway.apply("me:updated", card)
            setName(card.displayName)
            say("Name saved")
          })
        }}
      >
        <Complaint error={error} />
        <TextField
          label="Your name"
          autoComplete="name"
          maxLength={80}
          value={displayName}
          error={problem}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setProblem(undefined)
          }}
        />
        <TextField label="Email" type="email" value={me.email} readOnly help="Only you see it. You sign in with it." />
        <Button type="submit" look="ember" busy={busy} disabled={displayName === me.displayName}>
          Save name
        </Button>
      </form>
    </section>
  )
}

const NONE = { oldPassword: "", newPassword: "" }

const PasswordForm = () => {
  const email = useBootstrap((b) => b.me.email)
  const { say } = useToast()
  const [values, setValues] = useState(NONE)
  const [problems, setProblems] = useState<Problems>({})
  const { busy, error, send } = useAction(trpc.account.changePassword.mutate)
  const field = (name: keyof typeof NONE) => ({
    name,
    value: values[name],
    error: problems[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((old) => ({ ...old, [name]: value }))
      setProblems({})
    },
  })
  return (
    <section aria-labelledby="account-password">
      <h2 id="account-password">Password</h2>
      <form
        onSubmit={async (event) => {
          event.preventDefault()
          const found = await problemsIn("ChangePasswordRequest", values)
          setProblems(found ?? {})
          if (found) return
          void send(values, ({ endedSessions }) => {
            setValues(NONE)
            say(endedSessions > 0 ? "Password changed. Other sessions were ended." : "Password changed")
          })
        }}
      >
        <Complaint error={error} />
        {/* Password managers look for whose password it is. */}
        <input
          className="unseen"
          type="text"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField label="Old password" autoComplete="current-password" {...field("oldPassword")} />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          help="At least 12 characters. Other sessions end with the change."
          {...field("newPassword")}
        />
        <Button type="submit" busy={busy} disabled={!values.oldPassword || !values.newPassword}>
          Change password
        </Button>
      </form>
    </section>
  )
}

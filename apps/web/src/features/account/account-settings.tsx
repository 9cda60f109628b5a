"use client"
import { Button, TextField, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useBootstrap, useGateway } from "../gateway/index.ts"
import { SettingsSheet } from "../settings/settings-page.tsx"
import { Complaint } from "../shell/complaint.tsx"
import { type Problems, useAction, useProblemsIn } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { PasswordInput } from "./password-input.tsx"
import { endSession } from "./sign-in.ts"

export const AccountSettings = () => {
  const t = useTranslations("account")
  return (
    <SettingsSheet title={t("title")} lead={t("lead")}>
      <NameForm />
      <PasswordForm />
      <section aria-labelledby="account-out">
        <h2 id="account-out">{t("signOut")}</h2>
        <Button onClick={() => void endSession()}>{t("signOutHere")}</Button>
      </section>
    </SettingsSheet>
  )
}

const NameForm = () => {
  const me = useBootstrap((b) => b.me)
  const t = useTranslations("account")
  const problemsIn = useProblemsIn()
  const gateway = useGateway()
  const { say } = useToast()
  const [displayName, setName] = useState(me.displayName)
  const [problem, setProblem] = useState<string | undefined>()
  const { busy, error, send } = useAction(trpc.account.update.mutate)
  return (
    <section aria-labelledby="account-name">
      <h2 id="account-name">{t("name")}</h2>
      <form
        onSubmit={async (event) => {
          event.preventDefault()
          const problems = await problemsIn("UpdateAccountRequest", { displayName })
          setProblem(problems?.["displayName"])
          if (problems) return
          void send({ displayName }, (card) => {
            gateway.apply("me:updated", card)
            setName(card.displayName)
            say(t("nameSaved"))
          })
        }}
      >
        <Complaint error={error} />
        <TextField
          label={t("yourName")}
          autoComplete="name"
          maxLength={80}
          value={displayName}
          error={problem}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setProblem(undefined)
          }}
        />
        <TextField label={t("email")} type="email" value={me.email} readOnly help={t("emailHelp")} />
        <Button type="submit" look="ember" busy={busy} disabled={displayName === me.displayName}>
          {t("saveName")}
        </Button>
      </form>
    </section>
  )
}

const NONE = { oldPassword: "", newPassword: "" }

const PasswordForm = () => {
  const email = useBootstrap((b) => b.me.email)
  const t = useTranslations("account")
  const problemsIn = useProblemsIn()
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
      <h2 id="account-password">{t("password")}</h2>
      <form
        onSubmit={async (event) => {
          event.preventDefault()
          const found = await problemsIn("ChangePasswordRequest", values)
          setProblems(found ?? {})
          if (found) return
          void send(values, ({ endedSessions }) => {
            setValues(NONE)
            say(endedSessions > 0 ? t("passwordChangedEverywhere") : t("passwordChanged"))
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
        <PasswordInput label={t("oldPassword")} autoComplete="current-password" {...field("oldPassword")} />
        <PasswordInput
          label={t("newPassword")}
          autoComplete="new-password"
          help={t("newPasswordHelp")}
          {...field("newPassword")}
        />
        <Button type="submit" busy={busy} disabled={!values.oldPassword || !values.newPassword}>
          {t("changePassword")}
        </Button>
      </form>
    </section>
  )
}

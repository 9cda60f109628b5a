"use client"
import { SetupRequest } from "@hearth/core"
import { Button, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState, useSyncExternalStore } from "react"
import { PasswordInput } from "../account/password-input.tsx"
import { openSession } from "../account/sign-in.ts"
import { Complaint } from "../shell/complaint.tsx"
import { type Problems, useAction, useProblemsOf } from "../shell/use-action.ts"
import { formOf } from "../shell/form-of.ts"
import { trpc } from "../trpc/index.ts"
import { setupCodeIn } from "./setup-code.ts"

const NAMES = ["code", "instanceName", "displayName", "email", "password"] as const
type Name = (typeof NAMES)[number]
type Values = Record<Name, string>

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
  const t = useTranslations("setup")
  const tAccount = useTranslations("account")
  const problemsOf = useProblemsOf()
  const carried = useCarriedCode()
  const [problems, setProblems] = useState<Problems>({})
  const [gone, setGone] = useState(false)
  const { busy, error, send } = useAction(async (input: Values) => {
    await trpc.setup.create.mutate(input)
    await openSession(input)
  })
  const askForCode = carried === "" || error?.code === "WRONG_SETUP_CODE"
  // The code's field stands there only when it is asked for.
  const form = formOf(NAMES, (typed) => {
    const values: Values = { ...typed, code: typed.code || carried }
    const found = problemsOf(SetupRequest, values) ?? (values.code.trim() ? null : {})
    const asked = values.code.trim() ? found : { ...found, code: t("codeMissing") }
    setProblems(asked ?? {})
    if (asked) return
    void send(values, () => {
      setGone(true)
      window.location.assign("/")
    })
  })
  const field = (name: Name) => ({
    name,
    required: true,
    error: problems[name],
    onChange: () => setProblems((old) => ({ ...old, [name]: undefined })),
  })
  return (
    <form {...form}>
      <Complaint error={error} />
      {askForCode && (
        <TextField
          label={t("code")}
          help={t("codeHelp")}
          autoComplete="off"
          spellCheck={false}
          defaultValue={carried}
          {...field("code")}
        />
      )}
      <TextField label={t("instanceName")} autoComplete="organization" {...field("instanceName")} />
      <TextField label={tAccount("yourName")} autoComplete="name" {...field("displayName")} />
      <TextField
        label={tAccount("email")}
        type="email"
        autoComplete="username"
        placeholder={tAccount("emailExample")}
        {...field("email")}
      />
      <PasswordInput
        label={tAccount("password")}
        autoComplete="new-password"
        placeholder={tAccount("passwordHint")}
        {...field("password")}
      />
      <Button type="submit" look="ember" size="big" wide busy={busy || gone}>
        {t("submit")}
      </Button>
    </form>
  )
}

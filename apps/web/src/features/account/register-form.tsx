"use client"
import { RegisterRequest } from "@hearth/core"
import { Button, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { greetIn } from "../first/just-joined.ts"
import { Link } from "../shell/link.tsx"
import { trpc } from "../trpc/index.ts"
import { Complaint } from "../shell/complaint.tsx"
import { type Problems, useAction, useProblemsOf } from "../shell/use-action.ts"
import { formOf } from "../shell/form-of.ts"
import { PasswordInput } from "./password-input.tsx"
import { openSession } from "./sign-in.ts"

const NAMES = ["displayName", "email", "password"] as const
type Name = (typeof NAMES)[number]

/** Makes an account, by an invite or without, and signs in at once. */
export const RegisterForm = ({ inviteCode, next }: { inviteCode?: string | undefined; next: string }) => {
  const t = useTranslations("account")
  const problemsOf = useProblemsOf()
  const [problems, setProblems] = useState<Problems>({})
  const [gone, setGone] = useState(false)
  const { busy, error, send } = useAction(async (input: Record<Name, string>) => {
    const { guildId } = await trpc.account.register.mutate({ ...input, ...(inviteCode && { inviteCode }) })
    await openSession(input)
    if (guildId) greetIn(guildId)
    return guildId ? `/s/${guildId}` : next
  })
  const form = formOf(NAMES, (values) => {
    const found = problemsOf(RegisterRequest, values)
    setProblems(found ?? {})
    if (found) return
    void send(values, (path) => {
      setGone(true)
      window.location.assign(path)
    })
  })
  const field = (name: Name) => ({
    name,
    required: true,
    error: problems[name],
    onChange: () => setProblems((old) => ({ ...old, [name]: undefined })),
  })
  return (
    <>
      <form {...form}>
        <Complaint error={error} />
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is for nothing else */}
        <TextField label={t("yourName")} autoComplete="name" maxLength={80} autoFocus {...field("displayName")} />
        <TextField
          label={t("email")}
          type="email"
          autoComplete="username"
          placeholder={t("emailExample")}
          {...field("email")}
        />
        <PasswordInput
          label={t("password")}
          autoComplete="new-password"
          placeholder={t("passwordHint")}
          {...field("password")}
        />
        <Button type="submit" look="ember" size="big" wide busy={busy || gone}>
          {t("makeAccount")}
        </Button>
      </form>
      <p className="hint center">
        {t("hereBefore")}{" "}
        <Link className="link" href={next === "/" ? "/login" : `/login?next=${encodeURIComponent(next)}`}>
          {t("signIn")}
        </Link>
      </p>
    </>
  )
}

"use client"
import { Button, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import { Link } from "../shell/link.tsx"
import { useAction } from "../shell/use-action.ts"
import { formOf } from "../shell/form-of.ts"
import { PasswordInput } from "./password-input.tsx"
import { openSession } from "./sign-in.ts"

/** Signs in and goes to `next`, a path of ours. */
export const LoginForm = ({ next, mayRegister }: { next: string; mayRegister: boolean }) => {
  const t = useTranslations("account")
  const [gone, setGone] = useState(false)
  const { busy, error, send } = useAction(openSession)
  const form = formOf(["email", "password"], (values) => {
    void send(values, () => {
      setGone(true)
      window.location.assign(next)
    })
  })
  return (
    <>
      <form {...form}>
        <Complaint error={error} />
        <TextField
          label={t("email")}
          type="email"
          name="email"
          autoComplete="username"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is for nothing else
          autoFocus
          required
        />
        <PasswordInput label={t("password")} name="password" autoComplete="current-password" required />
        <Button type="submit" look="ember" size="big" wide busy={busy || gone}>
          {t("signIn")}
        </Button>
      </form>
      <p className="hint center">
        {mayRegister && (
          <>
            <Link className="link" href={next === "/" ? "/register" : `/register?next=${encodeURIComponent(next)}`}>
              {t("makeAccount")}
            </Link>
            {" · "}
          </>
        )}
        <Link className="link" href="/register?invited=1">
          {t("haveInvitation")}
        </Link>
      </p>
    </>
  )
}

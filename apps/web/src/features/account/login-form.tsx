"use client"
import { Button, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import { Link } from "../shell/link.tsx"
import { useAction } from "../shell/use-action.ts"
import { PasswordInput } from "./password-input.tsx"
import { openSession } from "./sign-in.ts"

/** Signs in and goes to `next`, a path of ours. */
export const LoginForm = ({ next, mayRegister }: { next: string; mayRegister: boolean }) => {
  const t = useTranslations("account")
  const [email, setEmail] = useState("")
  const [password, setPassword] = useState("")
  const [gone, setGone] = useState(false)
  const { busy, error, send } = useAction(openSession)
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send({ email, password }, () => {
            setGone(true)
            window.location.assign(next)
          })
        }}
      >
        <Complaint error={error} />
        <TextField
          label={t("email")}
          type="email"
          name="email"
          autoComplete="username"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is for nothing else
          autoFocus
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("password")}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
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

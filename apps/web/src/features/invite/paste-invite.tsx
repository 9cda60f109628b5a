"use client"
import { Button, TextField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { inviteCodeIn, invitePath } from "./invite-code.ts"

/** Takes a pasted invite and goes to its page, which says where it leads. */
export const PasteInvite = ({ submitLabel, onDone }: { submitLabel: string; onDone?: () => void }) => {
  const t = useTranslations("invite")
  const router = useRouter()
  const [text, setText] = useState("")
  const [error, setError] = useState<string | null>(null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const code = inviteCodeIn(text)
        if (!code) return setError(t("pasteWrong"))
        onDone?.()
        router.push(invitePath(code))
      }}
    >
      <TextField
        label={t("pasteLabel")}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is what was asked for
        autoFocus
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setError(null)
        }}
      />
      <Button type="submit" look="ember" size="big" wide>
        {submitLabel}
      </Button>
    </form>
  )
}

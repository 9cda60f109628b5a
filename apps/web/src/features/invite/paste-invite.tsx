"use client"
import { Button, TextField } from "@hearth/ui"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { inviteCodeIn, invitePath } from "./invite-code.ts"

/** Takes a pasted invite and goes to its page, which says where it leads. */
export const PasteInvite = ({ submitLabel, onDone }: { submitLabel: string; onDone?: () => void }) => {
  const router = useRouter()
  const [text, setText] = useState("")
  const [error, setError] = useState<string | null>(null)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const code = inviteCodeIn(text)
        if (!code) return setError("That is not an invite. Paste the whole link, or its code.")
        onDone?.()
        router.push(invitePath(code))
      }}
    >
      <TextField
        label="Invite link or code"
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

"use client"
import { Button, Dialog, TextField, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useAction, useProblemsIn } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"
import { OwnCode } from "./own-code.tsx"

/** Asks whoever has a code, and gives away one's own. */
export const AddFriendDialog = ({ onAsked, ...state }: DialogState & { onAsked: () => void }) => {
  const t = useTranslations("friend")
  const { say } = useToast()
  const problemsIn = useProblemsIn()
  const [typed, setTyped] = useState("")
  const [problem, setProblem] = useState<string | undefined>()
  const { busy, error, send } = useAction(trpc.friend.ask.mutate)
  const submit = async () => {
    const problems = await problemsIn("AskFriendRequest", { code: typed })
    setProblem(problems?.["code"])
    if (problems) return
    await send({ code: typed }, () => {
      // The same, whether the code is anybody's.
      say(t("askedNow"))
      setTyped("")
      state.onOpenChange(false)
      onAsked()
    })
  }
  return (
    <Dialog {...state} title={t("addTitle")} description={t("addLead")}>
      <Complaint error={error} />
      <form
        className="add-friend"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          label={t("code")}
          placeholder={t("codeHint")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="auto"
          maxLength={200}
          value={typed}
          error={problem}
          onChange={(event) => {
            setProblem(undefined)
            setTyped(event.currentTarget.value)
          }}
        />
        <Button type="submit" look="ember" busy={busy} disabled={typed.trim() === ""}>
          {t("ask")}
        </Button>
      </form>
      <OwnCode />
    </Dialog>
  )
}

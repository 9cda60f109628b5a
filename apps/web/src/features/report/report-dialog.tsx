"use client"
import type { ReportAbout, UserCard } from "@hearth/core"
import { Button, Dialog, TextAreaField, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useAction } from "../shell/use-action.ts"
import { trpc } from "../trpc/index.ts"

/** Tells those who look after this Hearth of somebody. */
export const ReportDialog = ({ user, about, ...state }: DialogState & { user: UserCard; about: ReportAbout }) => {
  const t = useTranslations("report")
  const tCommon = useTranslations("common")
  const { say } = useToast()
  const [text, setText] = useState("")
  const { busy, error, send } = useAction(trpc.report.send.mutate)
  return (
    <Dialog
      {...state}
      title={t("title", { name: user.displayName })}
      description={t("lead", { name: user.displayName })}
    >
      <Complaint error={error} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send({ userId: user.id, about, text }, () => {
            say(t("sent"))
            state.onOpenChange(false)
          })
        }}
      >
        <TextAreaField
          label={t("text")}
          help={t("textHelp")}
          dir="auto"
          rows={4}
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <footer>
          <Button look="bare" onClick={() => state.onOpenChange(false)}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" look="ember" busy={busy}>
            {t("send")}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}

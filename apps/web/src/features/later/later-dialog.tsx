"use client"
import "./later.css"
import type { AppError, Saved, Snowflake } from "@hearth/core"
import { Button, Dialog, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { toAppError, trpc } from "../trpc/index.ts"
import { MomentChoice } from "./moment-choice.tsx"

type Props = DialogState & { channelId: Snowflake; seq: number }

/** Saves a message for later, with a reminder or without; and takes it off the list again. */
export const LaterDialog = ({ channelId, seq, open, onOpenChange }: Props) => {
  const t = useTranslations("later")
  const formats = useFormats()
  const { say } = useToast()
  const [saved, setSaved] = useState<Saved | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let waits = true
    trpc.later.get.query({ channelId, seq }).then(
      (answer) => waits && setSaved(answer.saved),
      () => {
        // To save it anew does no harm.
      },
    )
    return () => {
      waits = false
    }
  }, [channelId, seq])

  const act = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true)
    setError(null)
    try {
      await work()
      say(said)
      onOpenChange(false)
    } catch (failure) {
      setError(toAppError(failure))
    } finally {
      setBusy(false)
    }
  }
  const save = (remindAt: number | null) =>
    void act(
      () => trpc.later.save.mutate({ channelId, seq, remindAt }),
      remindAt === null ? t("saved") : t("savedUntil", { time: formats.full(remindAt) }),
    )
  const waits = saved !== null && saved.doneAt === null
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("save")}
      description={waits ? t("savedLead", { time: formats.full(saved.savedAt) }) : t("saveLead")}
    >
      <Complaint error={error} />
      {waits && saved.remindAt !== null && (
        <p className="hint">{t("remindsAt", { time: formats.full(saved.remindAt) })}</p>
      )}
      <MomentChoice
        busy={busy}
        action={t("remindThen")}
        onChoose={save}
        first={
          <Button look="ember" disabled={busy} onClick={() => save(null)}>
            {t("noReminder")}
          </Button>
        }
      />
      {waits && (
        <Button
          look="danger-quiet"
          disabled={busy}
          onClick={() => void act(() => trpc.later.remove.mutate({ channelId, seq }), t("removed"))}
        >
          {t("remove")}
        </Button>
      )}
    </Dialog>
  )
}

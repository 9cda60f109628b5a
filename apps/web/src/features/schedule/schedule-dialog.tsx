"use client"
import "../later/later.css"
import { type AppError, MAX_CONTENT_POINTS, type ScheduledItem, type Snowflake } from "@hearth/core"
import { Button, Dialog, TextAreaField, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { MomentChoice } from "../later/moment-choice.tsx"
import { composerOf } from "../message/composer-of.ts"
import { moveNames, toNamed, toWire } from "../message/names.ts"
import { useNameOf } from "../message/services.tsx"
import { Complaint } from "../shell/complaint.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { toAppError, trpc } from "../trpc/index.ts"
import { useSchedule } from "./use-schedule.ts"

type Props = DialogState & { channelId: Snowflake; item?: ScheduledItem | undefined }

/** When what is written is sent; or what a scheduled message says, and when. */
export const ScheduleDialog = ({ channelId, item, ...state }: Props) =>
  item ? <EditScheduled item={item} {...state} /> : <ChooseMoment channelId={channelId} {...state} />

const ChooseMoment = ({ channelId, open, onOpenChange }: DialogState & { channelId: Snowflake }) => {
  const t = useTranslations("schedule")
  const schedule = useSchedule(channelId)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("sendLater")}
      description={t("lead")}
      finalFocus={() => composerOf(channelId) ?? true}
    >
      <MomentChoice
        busy={false}
        withMonday
        action={t("sendThen")}
        onChoose={(at) => {
          onOpenChange(false)
          void schedule(at)
        }}
      />
    </Dialog>
  )
}

const EditScheduled = ({ item, open, onOpenChange }: DialogState & { item: ScheduledItem }) => {
  const t = useTranslations("schedule")
  const formats = useFormats()
  const nameOf = useNameOf()
  const { say } = useToast()
  const [named, setNamed] = useState(() => toNamed(item.content, nameOf))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const isOver = item.failed !== null
  const save = async (sendAt: number) => {
    setBusy(true)
    setError(null)
    const content = toWire(named)
    const { id: scheduledId, version } = item
    try {
      await trpc.schedule.update.mutate({ scheduledId, version, content, sendAt })
      say(t("saved", { time: formats.full(sendAt) }))
      onOpenChange(false)
    } catch (failure) {
      setError(toAppError(failure))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("edit")} description={t("lead")}>
      <Complaint error={error} />
      <TextAreaField
        label={t("text")}
        rows={4}
        maxLength={MAX_CONTENT_POINTS}
        dir="auto"
        value={named.text}
        onChange={({ target: { value } }) =>
          setNamed({ text: value, names: moveNames(named.names, named.text, value) })
        }
      />
      <MomentChoice
        busy={busy || named.text.trim() === ""}
        withMonday
        begin={item.sendAt}
        action={t("saveThen")}
        onChoose={(at) => void save(at)}
        first={
          !isOver && (
            <Button look="ember" disabled={busy || named.text.trim() === ""} onClick={() => void save(item.sendAt)}>
              {t("keepTime")}
            </Button>
          )
        }
      />
    </Dialog>
  )
}

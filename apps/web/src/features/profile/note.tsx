"use client"
import { MAX_NOTE_POINTS, type Snowflake } from "@hearth/core"
import { TextAreaField, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent, useState } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { toAppError, trpc } from "../trpc/index.ts"

/** What one notes about somebody. It is kept when one leaves it, by whatever way. */
export const Note = ({ userId, kept }: { userId: Snowflake; kept: string }) => {
  const t = useTranslations("profile")
  const { complain } = useToast()
  const textOf = useErrorText()
  const [note, setNote] = useState(kept)
  const [saved, setSaved] = useState(kept)
  const save = async () => {
    if (note === saved) return
    setSaved(note)
    try {
      await trpc.user.setNote.mutate({ userId, note })
    } catch (error) {
      setSaved(saved)
      complain(textOf(toAppError(error)))
    }
  }
  const leave = useEffectEvent(() => void save())
  useEffect(() => () => leave(), [])
  return (
    <TextAreaField
      label={t("note")}
      help={t("noteHelp")}
      rows={2}
      dir="auto"
      value={note}
      // As the server counts: an attribute counts UTF-16.
      onChange={(event) => setNote([...event.target.value].slice(0, MAX_NOTE_POINTS).join(""))}
      onBlur={() => void save()}
    />
  )
}

"use client"
import type { Snowflake } from "@hearth/core"
import { optionEmoji } from "@hearth/core"
import { Dialog, SelectField } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Reactors } from "../act/reactors-dialog.tsx"
import type { DialogState } from "../shell/dialogs.tsx"

type Props = DialogState & { channelId: Snowflake; seq: number; options: readonly string[] }

/** Who voted, an option at a time. */
export const VotersDialog = ({ channelId, seq, options, ...state }: Props) => {
  const t = useTranslations("poll")
  const [emoji, setEmoji] = useState(optionEmoji[0] ?? "")
  const choices = options.map((option, i) => ({ value: optionEmoji[i] ?? "", label: option }))
  const option = choices.find((choice) => choice.value === emoji)?.label ?? ""
  return (
    <Dialog {...state} title={t("whoVoted")}>
      <div className="poll-who">
        <SelectField label={t("choices")} value={emoji} options={choices} onChange={setEmoji} />
      </div>
      <Reactors key={emoji} {...{ channelId, seq, emoji }} label={t("votedFor", { option })} />
    </Dialog>
  )
}

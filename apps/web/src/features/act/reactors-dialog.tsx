"use client"
import type { Snowflake } from "@hearth/core"
import { Button, Dialog, Face } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useState } from "react"
import type { DialogState } from "../shell/dialogs.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { trpc } from "../trpc/index.ts"
import "./act.css"
import { useList } from "./use-list.ts"

type Props = DialogState & { channelId: Snowflake; seq: number; emojis: readonly string[] }

/** Who reacted to a message, an emoji at a time. */
export const ReactorsDialog = ({ channelId, seq, emojis, ...state }: Props) => {
  const t = useTranslations("act")
  const [emoji, setEmoji] = useState(emojis[0] ?? "")
  return (
    <Dialog {...state} title={t("whoReacted")}>
      <div className="row emoji-tabs" role="group" aria-label={t("whichEmoji")}>
        {emojis.map((one) => (
          <Button
            key={one}
            size="small"
            look={one === emoji ? "neutral" : "bare"}
            aria-pressed={one === emoji}
            onClick={() => setEmoji(one)}
          >
            {one}
          </Button>
        ))}
      </div>
      <Reactors key={emoji} {...{ channelId, seq, emoji }} label={t("gave", { emoji })} />
    </Dialog>
  )
}

interface ReactorsProps {
  channelId: Snowflake
  seq: number
  emoji: string
  label: string
}

/** Those who gave one emoji. */
export const Reactors = ({ channelId, seq, emoji, label }: ReactorsProps) => {
  const t = useTranslations("act")
  const people = useList((cursor) => trpc.reaction.list.query({ channelId, seq, emoji, cursor }))
  return (
    // A list that scrolls must be reachable by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="act-scroll" role="group" aria-label={label} tabIndex={0}>
      <PagedList
        paged={people}
        label={label}
        loadingLabel={t("loading")}
        empty={t("nobody")}
        row={({ id, displayName, portrait }) => (
          <li key={id} className="person">
            <Face id={id} name={displayName} portrait={portrait} size={32} />
            <span className="clip" dir="auto">
              {displayName}
            </span>
          </li>
        )}
      />
    </div>
  )
}

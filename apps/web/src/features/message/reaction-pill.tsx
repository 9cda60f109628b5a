"use client"

import type { Message } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { tools } from "./tools-door.ts"

interface Props {
  message: Message
  emoji: string
  count: number
  mine: boolean
  /** Who may not add one of theirs may still take it back. */
  mayAdd: boolean
  hidden?: boolean
  onPress: () => void
}

/** One emoji and how often it was given; pressed, one's own is added or taken back. Pointed at, it says by whom. */
export const ReactionPill = ({ message, emoji, count, mine, mayAdd, hidden, onPress }: Props) => {
  const t = useTranslations("act")
  const formats = useFormats()
  const [by, setBy] = useState<string>()
  const ask = () => {
    tools
      .load()
      .then((loaded) => loaded.reactedBy(message, emoji))
      .then(({ names, more }) => setBy(formats.list(more > 0 ? [...names, t("others", { n: more })] : names)))
      .catch(() => {
        // Without a connection it says the number alone.
      })
  }
  return (
    <button
      type="button"
      className={mine ? "react mine" : "react"}
      data-pill=""
      aria-pressed={mine}
      aria-label={t("reaction", { emoji, n: count })}
      data-tip={by || undefined}
      hidden={hidden}
      disabled={!mine && !mayAdd}
      onPointerEnter={ask}
      onFocus={ask}
      onClick={onPress}
    >
      <i>{emoji}</i>
      {formats.number(count)}
    </button>
  )
}

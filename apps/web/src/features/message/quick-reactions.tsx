"use client"

import type { Message } from "@hearth/core"
import { Tooltip, useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useOwnReactions } from "./services.tsx"

const QUICK = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const
const names = ["thumb", "heart", "laugh", "party", "wow", "thanks"] as const

/** The six that most people want, a press away. */
export const QuickReactions = ({ message, onDone }: { message: Message; onDone: () => void }) => {
  const t = useTranslations("act")
  const { complain } = useToast()
  const textOf = useErrorText()
  const { own, mine } = useOwnReactions(message)
  return QUICK.map((emoji, i) => {
    const label = t(`quick.${names[i] ?? "thumb"}`)
    return (
      <Tooltip key={emoji} label={label}>
        <button
          type="button"
          className="ib sm quick"
          aria-label={label}
          aria-pressed={mine.has(emoji)}
          ref={(button) => {
            if (i === 0) button?.focus({ preventScroll: true })
          }}
          onClick={() => {
            own.toggle(message, emoji, (error) => complain(textOf(error)))
            onDone()
          }}
        >
          {emoji}
        </button>
      </Tooltip>
    )
  })
}

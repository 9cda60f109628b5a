"use client"

import type { Message } from "@hearth/core"
import { DotsThreeIcon, IconButton, Tooltip, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { emojiPicker } from "../emoji/index.ts"
import { useOwnReactions, useToggle } from "./services.tsx"

const QUICK = ["👍", "❤️", "😂", "🎉", "😮", "🙏"] as const
const names = ["thumb", "heart", "laugh", "party", "wow", "thanks"] as const

/** The six that most people want, a press away, and all others a press further. */
export const QuickReactions = ({ message, onDone }: { message: Message; onDone: () => void }) => {
  const t = useTranslations("act")
  const toggle = useToggle()
  const { mine } = useOwnReactions(message)
  const button = useRef<HTMLButtonElement>(null)
  const [all, setAll] = useState(false)
  const picker = useOnDemand(emojiPicker, all, () => setAll(false))
  const react = (emoji: string) => {
    toggle(message, emoji)
    onDone()
  }
  return (
    <>
      {QUICK.map((emoji, i) => {
        const label = t(`quick.${names[i] ?? "thumb"}`)
        return (
          <Tooltip key={emoji} label={label}>
            <button
              type="button"
              className="ib sm quick"
              aria-label={label}
              aria-pressed={mine.has(emoji)}
              // What is chosen from comes under one's fingers.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={i === 0}
              onClick={() => react(emoji)}
            >
              {emoji}
            </button>
          </Tooltip>
        )
      })}
      <IconButton
        ref={button}
        small
        label={t("allEmoji")}
        aria-haspopup="dialog"
        aria-expanded={all}
        icon={<DotsThreeIcon className="i s" weight="bold" aria-hidden="true" />}
        onPointerEnter={emojiPicker.prepare}
        onClick={() => setAll(!all)}
      />
      {picker && (
        <picker.EmojiPopover open={all} onOpenChange={(open) => !open && onDone()} anchor={button} onPick={react} />
      )}
    </>
  )
}

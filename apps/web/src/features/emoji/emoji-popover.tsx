"use client"
import { PopoverPopup } from "@hearth/ui/popover"
import { useTranslations } from "next-intl"
import { type RefObject, useRef } from "react"
import { EmojiPicker } from "./emoji-picker.tsx"

export interface EmojiPopoverProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What it stands beside. */
  anchor: RefObject<HTMLElement | null>
  /** Where the focus goes when it closes; the anchor when nothing is given. */
  returnTo?: RefObject<HTMLElement | null>
  onPick: (emoji: string) => void
  align?: "start" | "center" | "end"
}

/** The emoji picker beside a button. Picking closes it; with Shift it stays open, unless `onPick` itself ends what it stands in. */
export const EmojiPopover = ({ open, onOpenChange, anchor, returnTo, onPick, align = "end" }: EmojiPopoverProps) => {
  const t = useTranslations("emoji")
  const search = useRef<HTMLInputElement>(null)
  return (
    <PopoverPopup
      open={open}
      onOpenChange={onOpenChange}
      anchor={anchor}
      returnTo={returnTo ?? anchor}
      initialFocus={search}
      label={t("title")}
      side="top"
      align={align}
    >
      <EmojiPicker
        search={search}
        onPick={(emoji, more) => {
          onPick(emoji)
          if (!more) onOpenChange(false)
        }}
      />
    </PopoverPopup>
  )
}

"use client"
import { useLocale } from "next-intl"
import { type RefObject, useEffect, useRef } from "react"
import { inTone, loadEmoji } from "../emoji/emoji.ts"
import { readOwnEmoji, rememberEmoji } from "../emoji/own-emoji.ts"
import { codeBefore } from "./asked.ts"
import { insertText } from "./insert-text.ts"

interface Typed {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
}

/** A shortcode becomes its emoji with the second colon. What was taken back by the browser's own history stays as it is. */
export const useShortcodes = ({ field, text }: Typed): void => {
  const locale = useLocale()
  const before = useRef(text)
  useEffect(() => {
    const typed = text.length === before.current.length + 1
    before.current = text
    const caret = field.current?.selectionStart ?? 0
    const found = typed ? codeBefore(text, caret) : null
    if (!found) return
    loadEmoji(locale).then(
      (set) => {
        const emoji = set.byCode.get(found.code)
        const el = field.current
        // Only where it still stands as it was typed.
        if (!emoji || !el || el.value !== text || el.selectionStart !== caret) return
        const drawn = inTone(emoji, readOwnEmoji().tone)
        rememberEmoji(drawn)
        insertText(el, drawn, found.from, caret)
      },
      () => {
        // Without a connection it stays what was typed.
      },
    )
  }, [field, text, locale])
}

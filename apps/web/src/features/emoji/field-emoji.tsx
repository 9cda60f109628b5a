"use client"
import type { RefObject } from "react"
import { insertText } from "../compose/insert-text.ts"
import { EmojiPopover, type EmojiPopoverProps } from "./emoji-popover.tsx"

/** The emoji picker of a field: what is picked goes to where the caret was. */
export const FieldEmoji = ({
  field,
  ...rest
}: Omit<EmojiPopoverProps, "onPick" | "returnTo"> & { field: RefObject<HTMLTextAreaElement | null> }) => (
  <EmojiPopover {...rest} returnTo={field} onPick={(emoji) => field.current && insertText(field.current, emoji)} />
)

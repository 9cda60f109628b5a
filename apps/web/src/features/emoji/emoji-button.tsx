"use client"
import { IconButton, onDemand, useAway, useOnDemand } from "@hearth/ui"
import { SmileyIcon } from "@phosphor-icons/react/dist/ssr/Smiley"
import { useTranslations } from "next-intl"
import { type RefObject, useRef, useState } from "react"

const picker = onDemand(() => import("./field-emoji.tsx"))

/** Opens the emoji picker of a field. */
export const EmojiButton = ({ field }: { field: RefObject<HTMLTextAreaElement | null> }) => {
  const t = useTranslations("compose")
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const away = useAway()
  const loaded = useOnDemand(picker, open, () => {
    setOpen(false)
    away()
  })
  return (
    <>
      <IconButton
        ref={anchor}
        label={t("pickEmoji")}
        aria-haspopup="dialog"
        aria-expanded={open}
        icon={<SmileyIcon className="i" aria-hidden="true" />}
        onPointerEnter={picker.prepare}
        onClick={() => setOpen(!open)}
      />
      {loaded && <loaded.FieldEmoji open={open} onOpenChange={setOpen} anchor={anchor} field={field} />}
    </>
  )
}

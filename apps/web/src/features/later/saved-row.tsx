"use client"
import type { SavedItem } from "@hearth/core"
import { ArrowUUpLeftIcon, CheckIcon, IconButton, XIcon } from "@hearth/ui"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { SavedMessage } from "./saved-message.tsx"

interface Props {
  item: SavedItem
  onDone: () => void
  onRemind: () => void
  onRemove: () => void
}

/** One message that was saved: where it leads, when it rings, and what is done with it. */
export const SavedRow = ({ item, onDone, onRemind, onRemove }: Props) => {
  const t = useTranslations("later")
  const formats = useFormats()
  const { remindAt, rangAt, doneAt } = item
  return (
    <li className={rangAt === null ? "saved" : "saved rang"}>
      <SavedMessage item={item} />
      <div className="row do">
        <span className="hint grow">
          {rangAt !== null && t("rangAt", { time: formats.full(rangAt) })}
          {remindAt !== null && t("remindsAt", { time: formats.full(remindAt) })}
        </span>
        {item.message && doneAt === null && (
          <IconButton
            small
            label={t("remind")}
            icon={<ClockIcon className="i s" aria-hidden="true" />}
            onClick={onRemind}
          />
        )}
        <IconButton
          small
          label={doneAt === null ? t("markDone") : t("putBack")}
          icon={
            doneAt === null ? (
              <CheckIcon className="i s" aria-hidden="true" />
            ) : (
              <ArrowUUpLeftIcon className="i s" aria-hidden="true" />
            )
          }
          onClick={onDone}
        />
        <IconButton small label={t("remove")} icon={<XIcon className="i s" aria-hidden="true" />} onClick={onRemove} />
      </div>
    </li>
  )
}

"use client"
import "./beside.css"
import { PencilSimpleIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"

/** In the channel list: something was written there, and not sent. */
export const DraftMark = () => {
  const t = useTranslations("draft")
  return (
    <span className="drafted">
      <PencilSimpleIcon className="i s" aria-hidden="true" />
      <span className="unseen">{t("here")}</span>
    </span>
  )
}

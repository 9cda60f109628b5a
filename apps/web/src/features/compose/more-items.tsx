"use client"
import type { Snowflake } from "@hearth/core"
import { MenuItem } from "@hearth/ui"
import { ChartBarHorizontalIcon } from "@phosphor-icons/react/dist/ssr/ChartBarHorizontal"
import { useTranslations } from "next-intl"
import { useAsk } from "../shell/dialogs.tsx"

/** What can be sent beside words. Loaded with its menu. */
export const MoreItems = ({ channelId }: { channelId: Snowflake }) => {
  const t = useTranslations("poll")
  const ask = useAsk()
  return (
    <MenuItem
      icon={<ChartBarHorizontalIcon className="i" aria-hidden="true" />}
      onSelect={() => ask({ kind: "poll", channelId, asked: "" })}
    >
      <span className="grow">{t("poll")}</span>
      <span className="quiet">{t("command")}</span>
    </MenuItem>
  )
}

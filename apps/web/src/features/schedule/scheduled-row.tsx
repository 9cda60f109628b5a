"use client"
import type { ScheduledItem } from "@hearth/core"
import { ArrowUpIcon, IconButton, PencilSimpleIcon, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { useSaid } from "../message/services.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { channelPath, useChannel, useGuild } from "../shell/place.ts"
import { threadPath } from "../thread/path.ts"

const EXCERPT = 400

interface Props {
  item: ScheduledItem
  onSendNow: () => void
  onChange: () => void
  onCancel: () => void
}

const reasons: Record<string, "channel" | "permission" | "original" | "keys"> = {
  UNKNOWN_CHANNEL: "channel",
  FORBIDDEN: "permission",
  UNKNOWN_MESSAGE: "original",
  UNAVAILABLE: "keys",
}

/** One message that waits for its time: where it goes, when, or why it did not. */
export const ScheduledRow = ({ item, onSendNow, onChange, onCancel }: Props) => {
  const t = useTranslations("schedule")
  const formats = useFormats()
  const { failed, sending, sendAt } = item
  const time = formats.full(sendAt)
  const unreadable = failed === "UNAVAILABLE"
  return (
    <li className={failed === null ? "saved plain" : "saved plain unsent"}>
      <Place item={item} />
      <div className="row do">
        <span className="hint grow">
          {failed !== null
            ? t("notSent", { time, reason: t(`reasons.${reasons[failed] ?? "other"}`) })
            : sending
              ? t("sending")
              : t("sendsAt", { time })}
        </span>
        {!unreadable && (
          <>
            <IconButton
              small
              disabled={sending}
              label={t("sendNow")}
              icon={<ArrowUpIcon className="i s" aria-hidden="true" />}
              onClick={onSendNow}
            />
            <IconButton
              small
              disabled={sending}
              label={t("change")}
              icon={<PencilSimpleIcon className="i s" aria-hidden="true" />}
              onClick={onChange}
            />
          </>
        )}
        <IconButton
          small
          disabled={sending}
          label={t("cancel")}
          icon={<XIcon className="i s" aria-hidden="true" />}
          onClick={onCancel}
        />
      </div>
    </li>
  )
}

const Place = ({ item: { guildId, parentId, channelId, content } }: { item: ScheduledItem }) => {
  const t = useTranslations("schedule")
  const channel = useChannel(guildId, parentId ?? channelId)
  const server = useGuild(guildId)?.guild.name
  const said = useSaid(content, EXCERPT)
  const text = (
    <span className="say" dir="auto">
      {said}
    </span>
  )
  // Also before the list hears that the channel was taken away.
  if (!guildId || !channel || server === undefined)
    return (
      <div className="it">
        <span className="grow">
          <span className="in">{t("noPlace")}</span>
          {text}
        </span>
      </div>
    )
  const path = parentId ? threadPath(guildId, parentId, channelId) : channelPath(guildId, channelId)
  return (
    <Link className="it" href={path} onNavigate={goTo(path)}>
      <span className="grow">
        <span className="in">
          <span className="clip">
            {guildId === channel.id ? channel.name : t("place", { channel: channel.name, server })}
          </span>
        </span>
        {text}
      </span>
    </Link>
  )
}

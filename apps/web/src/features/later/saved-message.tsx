"use client"
import type { SavedItem } from "@hearth/core"
import { Face } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { useSaid } from "../message/services.tsx"
import { isoTime } from "../message/times.ts"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { channelPath, useChannel, useGuild } from "../shell/place.ts"
import { threadPath } from "../thread/path.ts"

const EXCERPT = 400

type Which = Pick<SavedItem, "message" | "author" | "guildId" | "channelId" | "parentId" | "seq">

/** What may not be read any more has no author, no place and no text: nobody can tell which of it is the reason. */
export const SavedMessage = ({ item, note }: { item: Which; note?: string }) => {
  const t = useTranslations("later")
  const common = useTranslations("common")
  const formats = useFormats()
  const { message, author, guildId, channelId, parentId, seq } = item
  const channel = useChannel(guildId, parentId ?? channelId)
  const server = useGuild(guildId)?.guild.name
  const said = useSaid(message?.content ?? "", EXCERPT)
  // Also before the list hears that the channel was taken away.
  if (!message || !guildId || !channel || server === undefined) return <p className="hint">{t("gone")}</p>
  const path = parentId ? threadPath(guildId, parentId, channelId, seq) : `${channelPath(guildId, channelId)}/${seq}`
  const isTalk = guildId === channel.id
  const name = author?.displayName ?? common("somebody")
  return (
    <Link className="it" href={path} onNavigate={goTo(path)}>
      <Face id={message.authorId} name={name} portrait={author?.portrait} size={36} />
      <span className="grow">
        <span className="in">
          <span className="unseen">
            {isTalk
              ? t("rowTalk", { author: name, name: channel.name })
              : t("row", { author: name, channel: channel.name, server })}
            {note && `, ${note}`}
          </span>
          <b className="clip" aria-hidden="true">
            {name}
          </b>
          <span className="clip" aria-hidden="true">
            {isTalk ? channel.name : `${channel.name} · ${server}`}
          </span>
          <span className="grow" />
          <time dateTime={isoTime(message.createdAt)}>{formats.date(message.createdAt)}</time>
        </span>
        <span className="say" dir="auto">
          {said}
        </span>
      </span>
    </Link>
  )
}

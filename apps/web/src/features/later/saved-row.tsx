"use client"
import type { SavedItem } from "@hearth/core"
import { ArrowUUpLeftIcon, CheckIcon, Face, IconButton, XIcon } from "@hearth/ui"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import { useTranslations } from "next-intl"
import { useFormats } from "../../i18n/formats.ts"
import { useSaid } from "../message/services.tsx"
import { isoTime } from "../message/times.ts"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { channelPath, useChannel, useGuild } from "../shell/place.ts"
import { threadPath } from "../thread/path.ts"

const EXCERPT = 400

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

/** What may not be read any more has no author, no place and no text: nobody can tell which of it is the reason. */
const SavedMessage = ({ item }: { item: SavedItem }) => {
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

"use client"
import type { Snowflake, ThreadLine as Line } from "@hearth/core"
import { Faces } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type Formats, useFormats } from "../../i18n/formats.ts"
import { useBootstrap } from "../gateway/provider.tsx"
import { usePeople } from "../message/services.tsx"
import { useAddress } from "../shell/address-provider.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { threadPath } from "./path.ts"
import { hasUnreadThread } from "./unread-threads.ts"

/** By the clock today, and by its day before. */
const timeOf = (at: number, formats: Formats): string =>
  new Date(at).toDateString() === new Date().toDateString() ? formats.clock(at) : formats.date(at)

/** That people answered a message in its thread: who, how many, and when last. Leads there. */
export const ThreadLine = ({ guildId, channelId, line }: { guildId: Snowflake; channelId: Snowflake; line: Line }) => {
  const t = useTranslations("thread")
  const somebody = useTranslations("common")("somebody")
  const formats = useFormats()
  // What stands open beside it is read there.
  const isOpen = useAddress().thread?.id === line.id
  const isNew = useBootstrap((b) => hasUnreadThread(b, "id", line.id)) && !isOpen
  const { id, replies, lastAt, people: ids } = line
  const cards = usePeople(ids)
  const people = ids.map((userId) => {
    const card = cards.find((c) => c.id === userId)
    return { id: userId, name: card?.displayName ?? somebody, portrait: card?.portrait }
  })
  const name = people[0]?.name ?? somebody
  const path = threadPath(guildId, channelId, id)
  const time = timeOf(lastAt, formats)
  return (
    <Link className="thread" href={path} onNavigate={goTo(path)}>
      <span className="unseen">{t("line")}</span>
      <Faces people={people} max={3} />
      <b>{t("replies", { n: replies })}</b>
      {isNew && <b className="fresh">{t("new")}</b>}
      <span className="clip" dir="auto">
        {t("last", { name, time })}
      </span>
    </Link>
  )
}

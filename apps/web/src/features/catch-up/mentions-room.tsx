"use client"
import "../later/later.css"
import type { MentionItem } from "@hearth/core"
import { ArrowLeftIcon, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useBootstrap } from "../gateway/index.ts"
import { SavedMessage } from "../later/saved-message.tsx"
import { ConnectionBanner } from "../shell/connection-banner.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { catchUpPath } from "../shell/place.ts"
import { useListKeys } from "../shell/use-list-keys.ts"
import { useMentions } from "./use-mentions.ts"

const Row = ({ item }: { item: MentionItem }) => {
  const t = useTranslations("catchUp.mentions")
  const { kind, channelId } = item
  const { seq } = item.message
  const unread = useBootstrap(
    (b) =>
      b.mentions?.[channelId]?.includes(seq) === true &&
      seq > (b.readStates.find((r) => r.channelId === channelId)?.lastReadSeq ?? 0),
  )
  const why = unread ? t("unread", { why: t(kind) }) : t(kind)
  return (
    <li className={unread ? "saved rang" : "saved"}>
      <SavedMessage item={{ ...item, seq }} note={why} />
      <p className="hint why" aria-hidden="true">
        {why}
      </p>
    </li>
  )
}

/** Everything that addressed the reader, read or not, over all servers. */
export const MentionsRoom = ({ alone }: { alone: boolean }) => {
  const t = useTranslations("catchUp")
  const list = useMentions()
  const listKeys = useListKeys()
  const Heading = alone ? "h1" : "h2"
  const title = t("mentions.title")
  return (
    <main className="room later" id="room" tabIndex={-1} aria-label={title}>
      <header className="bar">
        {alone && (
          <Link className="ib" href={catchUpPath()} onNavigate={goTo(catchUpPath())} aria-label={t("back")}>
            <ArrowLeftIcon className="i along" aria-hidden="true" />
          </Link>
        )}
        <div className="where">
          <Heading className="clip">{title}</Heading>
        </div>
      </header>
      {/* `SpokenConnection` says it. */}
      <ConnectionBanner silent />
      {list.items?.length === 0 && !list.error && !list.hasMore ? (
        <EmptyState title={t("mentions.empty")}>{t("mentions.emptyLead")}</EmptyState>
      ) : (
        <div className="saved-list" {...listKeys}>
          <div className="col">
            <PagedList
              paged={list}
              label={title}
              loadingLabel={t("mentions.loading")}
              empty={null}
              row={(item) => <Row key={`${item.channelId}/${item.message.seq}`} item={item} />}
            />
          </div>
        </div>
      )}
    </main>
  )
}

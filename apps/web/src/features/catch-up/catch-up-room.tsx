"use client"
import { ArrowLeftIcon, Button, buttonClass, HashIcon, Keys, onDemand, useOnDemand } from "@hearth/ui"
import { ArrowUpRightIcon } from "@phosphor-icons/react/dist/ssr/ArrowUpRight"
import { useTranslations } from "next-intl"
import { Composer, Timeline } from "../message/index.ts"
import { useGlow } from "../presence/use-liveliness.ts"
import { ConnectionBanner } from "../shell/connection-banner.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { catchUpPath } from "../shell/place.ts"
import { type Entry } from "./entries.ts"
import { placeOf } from "./keys.ts"
import { useName } from "./use-name.ts"

const root = onDemand(() => import("../thread/root.tsx"))
const never = () => {}

const keys = [
  ["J", "next"],
  ["K", "back"],
  ["R", "answer"],
  ["E", "done"],
  ["S", "later"],
  ["↵", "open"],
] as const

interface Props {
  entry: Entry
  /** Alone: on a phone, where the way back stands in the bar. */
  alone: boolean
  isLast: boolean
  onDone: () => void
}

/** One channel or thread, with what was missed of it, and where one answers. It stays unread until it is done. */
export const CatchUpRoom = ({ entry, alone, isLast, onDone }: Props) => {
  const t = useTranslations("catchUp")
  const { channel, server, unread, item } = entry
  const { thread } = item
  const name = useName(entry)
  const begins = useOnDemand(root, thread !== undefined, never)
  const glow = useGlow(item.channelId)
  const Heading = alone ? "h1" : "h2"
  const path = placeOf(entry)
  const open = t(thread ? "openThread" : "open")
  const where = { guildId: channel.guildId, channelId: channel.id, parentId: thread?.channelId }
  return (
    <main className="room fire" id="room" data-glow={glow} tabIndex={-1} aria-label={name}>
      <header className="bar">
        {alone ? (
          <Link className="ib" href={catchUpPath()} onNavigate={goTo(catchUpPath())} aria-label={t("back")}>
            <ArrowLeftIcon className="i along" aria-hidden="true" />
          </Link>
        ) : (
          <HashIcon className="i quiet" aria-hidden="true" />
        )}
        <div className="where">
          <Heading className="clip" dir="auto" title={name}>
            {name}
          </Heading>
        </div>
        <p className="topic grow only-wide">
          <span className="clip">{t("since", { server, n: unread })}</span>
        </p>
        <span className="grow only-narrow" />
        <Link
          className={`${buttonClass({ look: "bare", size: "small" })} to-channel`}
          href={path}
          title={open}
          onNavigate={goTo(path)}
        >
          <span>{open}</span>
          <ArrowUpRightIcon className="i s along" aria-hidden="true" />
        </Link>
      </header>
      <Timeline
        {...where}
        readUpTo={thread?.lastReadSeq}
        replies={thread?.replies}
        beginning={thread && <>{begins && <begins.Root thread={thread} />}</>}
        seq={item.asks > 0 ? item.said?.seq : undefined}
        keepUnread
      />
      {/* `SpokenConnection` says it. */}
      <ConnectionBanner silent />
      <Composer {...where} />
      <footer className="catch-keys hint">
        {keys.map(([key, does]) => (
          <span key={key} className="only-wide" aria-hidden="true">
            <Keys>{key}</Keys> {t(`keys.${does}`)}
          </span>
        ))}
        <span className="grow" />
        <Button look="ember" onClick={onDone} aria-keyshortcuts="E">
          {isLast ? t("doneLast") : t("doneNext")}
          <kbd className="on only-wide" aria-hidden="true">
            E
          </kbd>
        </Button>
      </footer>
    </main>
  )
}

"use client"
import type { Snowflake } from "@hearth/core"
import { Banner, Bone, Button, buttonClass, Count, EmptyState, Face, Place, RoundBone, Skeleton } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type ReactNode, useEffect, useId } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { laterPath } from "../later/path.ts"
import { usePlainText } from "../message/services.tsx"
import { useGlow } from "../presence/use-liveliness.ts"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { catchUpPath } from "../shell/place.ts"
import { DrawerButton } from "../shell/drawer-button.tsx"
import { SaidAt } from "../shell/said-at.tsx"
import { useListKeys } from "../shell/use-list-keys.ts"
import { threadsLeft } from "../thread/left.ts"
import type { Entry } from "./entries.ts"
import type { CatchUpState } from "./use-catch-up.ts"
import { mentionsPath } from "./path.ts"
import { useName } from "./use-name.ts"

/** So many pieces has the bar at most: more could not be told apart. */
const PIECES = 24

const Coals = ({ done, asks, left }: { done: number; asks: number; left: number }) => {
  const t = useTranslations("catchUp")
  const all = done + left
  if (all === 0) return null
  const by = Math.min(1, PIECES / all)
  const pieces = Array.from({ length: Math.ceil(all * by) }, (_, i) =>
    i < Math.floor(done * by) ? "done" : i < Math.ceil((done + asks) * by) && asks > 0 ? "asks" : "left",
  )
  return (
    <div className="coals" role="img" aria-label={t("progress", { done, left })}>
      {pieces.map((piece, i) => (
        <i key={i} data-piece={piece} />
      ))}
    </div>
  )
}

/** The line and the bar in their final sizes: what is below does not move when they come. */
const CoalsToCome = () => (
  <div aria-hidden="true">
    <p className="hint">{"\u00a0"}</p>
    <div className="coals">
      <i />
    </div>
  </div>
)

const Row = ({ entry, here }: { entry: Entry; here: boolean }) => {
  const t = useTranslations("catchUp")
  const plain = usePlainText()
  const { item, channel, server, asks } = entry
  const { said, people } = item
  const glow = useGlow(item.channelId)
  const name = useName(entry)
  const path = catchUpPath(channel.id)
  return (
    <li>
      <Link
        className={here ? "it here" : "it"}
        href={path}
        onNavigate={goTo(path)}
        aria-current={here ? "true" : undefined}
        data-entry={channel.id}
      >
        <span className={people.length > 1 && asks === 0 ? "two" : "one"} aria-hidden="true">
          {(asks > 0 ? people.slice(0, 1) : people).map((p, _, all) => (
            <Face key={p.id} id={p.id} name={p.displayName} portrait={p.portrait} size={all.length > 1 ? 24 : 36} />
          ))}
        </span>
        <span className="grow">
          <span className="row in">
            <Place name={server} glow={glow} />
            <span className="clip">
              <span className="unseen">{t("row", { channel: name, server })}</span>
              <span aria-hidden="true">{name}</span>
            </span>
            <span className="clip server" aria-hidden="true">
              {server}
            </span>
            <span className="grow" />
            {asks > 1 && <Count value={asks} />}
            {said && <SaidAt at={said.at} />}
          </span>
          <span className="say" dir="auto">
            {people[0] && said && <b>{people[0].displayName} </b>}
            {said ? plain(said.content) : t("nothingLeft")}
          </span>
        </span>
      </Link>
    </li>
  )
}

const Section = ({
  title,
  count,
  entries,
  at,
}: {
  title: string
  count?: number
  entries: Entry[]
  at: Snowflake | undefined
}) => {
  const id = useId()
  if (entries.length === 0) return null
  return (
    <>
      <h2 className="cat" id={id}>
        {title}
        {count !== undefined && <Count value={count} />}
      </h2>
      <ul aria-labelledby={id}>
        {entries.map((entry) => (
          <Row key={entry.channel.id} entry={entry} here={entry.channel.id === at} />
        ))}
      </ul>
    </>
  )
}

const Bones = () => (
  <Skeleton label={useTranslations("catchUp")("loading")}>
    {[3, 4, 2, 4, 3].map((width, i) => (
      <div key={i} className="it">
        <RoundBone />
        <span className="grow bone-lines">
          <Bone width={1} />
          <Bone width={width as 2 | 3 | 4} />
        </span>
      </div>
    ))}
  </Skeleton>
)

/** Nothing is there while a thread is unread: the list has it. */
export const AllCaughtUp = () => {
  const t = useTranslations("catchUp")
  if (useBootstrap((b) => threadsLeft(b).length > 0)) return null
  return <EmptyState title={t("empty")}>{t("emptyLead")}</EmptyState>
}

const Way = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link className={buttonClass({ look: "bare", size: "small" })} href={to} onNavigate={goTo(to)}>
    {children}
  </Link>
)

/** What is left, over all servers. Alone it is the room itself: on a phone. */
export const CatchUpList = ({
  state,
  at,
  alone,
}: {
  state: CatchUpState
  at: Snowflake | undefined
  alone: boolean
}) => {
  const t = useTranslations("catchUp")
  const tCommon = useTranslations("common")
  const tLater = useTranslations("later")
  const due = useBootstrap((b) => b.due ?? 0)
  const tThread = useTranslations("thread")
  const listKeys = useListKeys()
  const { asks, threads, moved, all, paged, done } = state
  const channels = all.length - threads.length
  const Pane = alone ? "main" : "section"
  useEffect(() => {
    document.querySelector(`[data-entry="${at ?? ""}"]`)?.scrollIntoView({ block: "nearest" })
  }, [at])
  const coming = paged.items === null && !paged.error && all.length === 0
  const asked = asks.reduce((n, entry) => n + entry.asks, 0)
  return (
    <Pane
      className={alone ? "list catch-up room" : "list catch-up"}
      id={alone ? "room" : undefined}
      tabIndex={-1}
      aria-label={t("title")}
    >
      <header className="head">
        <div className="row">
          {alone && <DrawerButton />}
          <h1>{t("title")}</h1>
          <span className="grow" />
          <Way to={mentionsPath}>{t("mentions.title")}</Way>
          <Way to={laterPath}>
            {tLater("title")}
            {due > 0 && <Count value={due} />}
          </Way>
        </div>
        {coming ? (
          <CoalsToCome />
        ) : (
          <>
            {channels > 0 && <p className="hint">{t("lead", { n: channels })}</p>}
            <Coals done={done} asks={asks.length} left={all.length} />
          </>
        )}
      </header>
      {/* When nothing is left the head is shorter: what comes then stands in another box than the bones, and none has moved. */}
      <div className="entries" key={coming ? "coming" : "here"} {...listKeys}>
        <Section title={t("asks")} count={asked} entries={asks} at={at} />
        <Section title={tThread("unread")} entries={threads} at={at} />
        <Section title={t("moved")} entries={moved} at={at} />
        {paged.error && (
          <Banner
            tone="warn"
            title={t("notLoaded")}
            action={
              <Button size="small" onClick={paged.again}>
                {tCommon("tryAgain")}
              </Button>
            }
          >
            {t("safe")}
          </Banner>
        )}
        {paged.items === null && !paged.error && <Bones />}
        {paged.hasMore && !paged.error && (
          <Button size="small" look="bare" busy={paged.loading} onClick={paged.more}>
            {t("more")}
          </Button>
        )}
        {alone && paged.items !== null && all.length === 0 && !paged.hasMore && !paged.error && <AllCaughtUp />}
        {done > 0 && <p className="cat">{t("done", { n: done })}</p>}
      </div>
    </Pane>
  )
}

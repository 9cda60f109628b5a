"use client"

import "./message.css"
import { can, type Bootstrap, type Message, type Overwrite, type Snowflake } from "@hearth/core"
import { ArrowDownIcon, Banner, Bone, Button, CloudSlashIcon, EmptyState, RoundBone, Skeleton } from "@hearth/ui"
import { useTranslations } from "next-intl"
import {
  type ReactNode,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react"
import { Virtualizer, type VirtualizerHandle } from "virtua"
import { useBootstrap, useReadMarks } from "../gateway/provider.tsx"
import { useEscape } from "../shell/escape.ts"
import { Announcer, Refusals } from "./announcer.tsx"
import { focusComposer } from "./focus-composer.ts"
import type { ChannelState } from "./history.ts"
import { MessageRowView, OutgoingRowView, type RowContext } from "./message-row.tsx"
import { newcomers } from "./newcomers.ts"
import { createRows, type Row } from "./rows.ts"
import { useChannel, useOutgoing, useServices } from "./services.tsx"
import { Typing } from "./typing.tsx"
import { useRowKeys } from "./use-row-keys.ts"
import { useSettled } from "./use-settled.ts"
import { useSteadyRows } from "./use-steady-rows.ts"
import { useWindowFocus } from "./use-window-focus.ts"

export interface TimelineProps {
  guildId: Snowflake
  channelId: Snowflake
  /** The message that the address leads to. */
  seq?: number | undefined
  /** What is seen stays unread: whoever shows it says when it is done. */
  keepUnread?: boolean
  /** Stands where the channel begins, and in it while nothing was said yet. */
  intro?: ReactNode
}

/** Nearer to the bottom than this is at the bottom. */
const BOTTOM_PX = 32
/** How long after a key, a wheel or a finger a movement is the reader's. */
const TOUCH_MS = 1000
const LEAP_PX = 200
/** Pages are asked for before the reader gets there. */
const AHEAD_PX = 1200

export const Bones = () => (
  <Skeleton label={useTranslations("message")("loading")}>
    {[
      [1, 3, 2],
      [1, 4],
      [1, 2, 4, 1],
      [1, 3],
      [1, 4, 2],
    ].map((widths, i) => (
      <div key={i} className="msg col">
        <RoundBone />
        <div className="body">
          {widths.map((w, j) => (
            <Bone key={j} width={w as 1 | 2 | 3 | 4} />
          ))}
        </div>
      </div>
    ))}
  </Skeleton>
)

const NotLoaded = ({ onRetry, what }: { onRetry: () => void; what: "messages" | "older" | "newer" | "linked" }) => {
  const t = useTranslations("message.notLoaded")
  const tCommon = useTranslations("common")
  return (
    <div className="col not-loaded">
      <Banner
        tone="warn"
        icon={<CloudSlashIcon className="i" aria-hidden="true" />}
        title={t(what)}
        action={
          <Button size="small" onClick={onRetry}>
            {tCommon("tryAgain")}
          </Button>
        }
      >
        {t(what === "linked" ? "linkedSafe" : "safe")}
      </Banner>
    </div>
  )
}

interface FreshProps {
  name: string
  topic: string
  mayWrite: boolean
  intro: ReactNode
}

/** What the channel is for, and the one next step. */
const Fresh = ({ name, topic, mayWrite, intro }: FreshProps) => {
  const t = useTranslations("message")
  const said = { b: (text: ReactNode) => <b>{text}</b>, channel: name }
  return (
    <EmptyState
      title={t("fresh")}
      actions={
        intro ??
        (mayWrite && (
          <Button look="ember" onClick={focusComposer}>
            {t("writeFirst")}
          </Button>
        ))
      }
    >
      {topic ? t.rich("freshTopic", { ...said, topic }) : t.rich("freshLead", said)}
    </EmptyState>
  )
}

const findChannel = (b: Bootstrap, channelId: Snowflake) => {
  for (const g of b.guilds) {
    const channel = g.channels.find((c) => c.id === channelId)
    if (channel) return { channel, snapshot: g }
  }
  return null
}

/** What the reader may do in a channel, for showing what there is to press. The gateway decides. */
export const useMay = (channelId: Snowflake) => {
  const found = useBootstrap((b) => findChannel(b, channelId)?.snapshot)
  const channel = found?.channels.find((c) => c.id === channelId)
  const me = useBootstrap((b) => b.me.id)
  return useMemo(() => {
    if (!found || !channel) return { send: false, moderate: false }
    const rules = {
      guildId: found.guild.id,
      ownerId: found.guild.ownerId,
      roles: found.roles.map((r) => ({ id: r.id, position: r.position, permissions: BigInt(r.permissions) })),
    }
    const overwrites: Overwrite[] = channel.overwrites.map((o) => ({
      ...o,
      allow: BigInt(o.allow),
      deny: BigInt(o.deny),
    }))
    const actor = { userId: me, roleIds: found.myRoleIds }
    return {
      send: can(rules, actor, "SEND_MESSAGES", overwrites),
      moderate: can(rules, actor, "MANAGE_MESSAGES", overwrites),
    }
  }, [found, channel, me])
}

/** The messages of one channel. Fills its flex parent. */
export const Timeline = (props: TimelineProps) => <ChannelTimeline key={props.channelId} {...props} />

const ChannelTimeline = ({ guildId, channelId, seq, keepUnread = false, intro }: TimelineProps) => {
  const tCommon = useTranslations("common")
  const state = useChannel(channelId)
  const { history } = useServices()

  const [waited] = useState(state.status === "loading")

  useEffect(() => {
    if (seq !== undefined) history.openAround(channelId, seq)
  }, [history, channelId, seq])

  if (state.status === "gone")
    return (
      <EmptyState title={tCommon("nowhere.title")} sun={false}>
        {tCommon("nowhere.toChannel")}
      </EmptyState>
    )
  const awaited = seq !== undefined && state.around === "loading"
  if (state.status === "loading" || awaited)
    return (
      <div className="flow late">
        <Bones />
      </div>
    )
  if (state.status === "failed" || (state.around === "failed" && state.view.span === null))
    return (
      <div className="flow">
        <NotLoaded what="messages" onRetry={() => history.retry(channelId)} />
      </div>
    )
  const shown = { guildId, channelId, seq, keepUnread, intro, state, waited }
  return <Loaded {...shown} />
}

/** Where "New since" stands: after what was read when the reader came, or looked away. Null while nothing is new. */
const useNewAfter = (channelId: Snowflake, head: number, focused: boolean) => {
  const lastRead = useBootstrap((b) => b.readStates.find((r) => r.channelId === channelId)?.lastReadSeq ?? 0)
  const [newAfter, setNewAfter] = useState<number | null>(head > lastRead ? lastRead : null)
  const [looks, setLooks] = useState(focused)
  const [known, setKnown] = useState(lastRead)
  if (known !== lastRead) {
    setKnown(lastRead)
    // Set back, here or on another device.
    if (lastRead < known) setNewAfter(lastRead)
  }
  if (looks !== focused) {
    setLooks(focused)
    if (!focused) setNewAfter(lastRead)
    else if (newAfter !== null && head <= newAfter) setNewAfter(null)
  }
  return [newAfter, setNewAfter] as const
}

const Loaded = ({
  guildId,
  channelId,
  seq,
  keepUnread,
  intro,
  state,
  waited,
}: TimelineProps & { state: ChannelState; waited: boolean }) => {
  const t = useTranslations("message")
  const { history, queue, users } = useServices()
  const readMarks = useReadMarks()
  const me = useBootstrap((b) => b.me.id)
  const channel = useBootstrap((b) => findChannel(b, channelId)?.channel)
  const lastRead = useBootstrap((b) => b.readStates.find((r) => r.channelId === channelId)?.lastReadSeq ?? 0)
  const outgoing = useOutgoing(channelId)
  const focused = useWindowFocus()
  const may = useMay(channelId)
  const { view, detached, older, newer } = state
  const { messages, span, live, head } = view
  const [wasRead, setWasRead] = useNewAfter(channelId, head, focused)
  // Where new begins is only known once it is loaded.
  const newAfter = wasRead !== null && span !== null && span.from <= wasRead + 1 ? wasRead : null

  const [buildRows] = useState(createRows)
  const all = useMemo(
    () => buildRows(messages, detached || !live ? [] : outgoing, { me, newAfter }),
    [buildRows, messages, outgoing, detached, live, me, newAfter],
  )

  const { rows, shift } = useSteadyRows(all)
  // Elements are made of what is near the screen only.
  const items = useMemo<readonly (Row | "top" | "end")[]>(() => ["top", ...rows, "end"], [rows])

  // What the log holds needs no echo any more.
  useEffect(() => {
    if (!live || outgoing.every((o) => o.seq === null)) return
    const to = span?.to ?? 0
    queue.seen(outgoing.filter((o) => o.seq !== null && o.seq <= to).map((o) => o.nonce))
  }, [queue, outgoing, live, span?.to])

  const known = useRef<readonly Message[]>([])
  useEffect(() => {
    users.want(new Set(newcomers(known.current, messages).map((m) => m.authorId)))
    known.current = messages
  }, [users, messages])

  const context = useMemo<RowContext>(
    () => ({ guildId, channelId, me, highlighted: seq ?? null, canModerate: may.moderate }),
    [guildId, channelId, me, seq, may.moderate],
  )

  const list = useRef<VirtualizerHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const settled = useSettled(scroller, waited)
  const [atBottom, setAtBottom] = useState(true)
  const stuck = useRef(true)
  const hasOlder = span !== null && span.from > 1
  const empty = rows.length === 0 && !hasOlder && live

  const toBottom = useCallback(() => {
    const el = scroller.current
    if (el) el.scrollTop = el.scrollHeight
  }, [])

  // Once, when the first rows are there: at the linked message, at what is new, or at the bottom.
  const placed = useRef<string | null>(null)
  useLayoutEffect(() => {
    const place = `${seq ?? ""}`
    if (placed.current === place || rows.length === 0) return
    const index =
      seq !== undefined
        ? rows.findIndex((r) => r.kind === "message" && r.message.seq >= seq)
        : placed.current === null
          ? rows.findIndex((r) => r.newSince !== null)
          : -1
    placed.current = place
    if (index >= 0) {
      stuck.current = seq === undefined && index >= rows.length - 3
      if (stuck.current) toBottom()
      else list.current?.scrollToIndex(index + 1, { align: seq === undefined ? "start" : "center" })
    } else if (stuck.current) toBottom()
  }, [rows, seq, toBottom])

  // At the bottom means: stay there, whatever grows.
  useLayoutEffect(() => {
    if (stuck.current && !detached) toBottom()
  }, [rows, detached, toBottom])
  // In the frame in which rows are measured: an observer of the list would only hear of it in the next one.
  const keepAtBottom = () => {
    if (stuck.current && !detached) toBottom()
  }
  const isDetached = useEffectEvent(() => detached)
  useEffect(() => {
    const el = scroller.current
    if (!el) return
    const observer = new ResizeObserver(() => {
      if (stuck.current && !isDetached()) toBottom()
    })
    observer.observe(el)
    for (const child of el.children) observer.observe(child)
    return () => observer.disconnect()
    // An empty channel has nothing to scroll: it comes with the first message.
  }, [toBottom, empty])

  const lastTop = useRef(0)
  const touchedAt = useRef(0)
  useEffect(() => {
    const el = scroller.current
    if (!el) return
    const touched = (event: Event) => {
      if (event instanceof PointerEvent && event.type === "pointermove" && event.buttons === 0) return
      touchedAt.current = performance.now()
    }
    const kinds = ["wheel", "touchmove", "pointerdown", "pointermove", "keydown"]
    for (const kind of kinds) el.addEventListener(kind, touched, { passive: true })
    return () => {
      for (const kind of kinds) el.removeEventListener(kind, touched)
    }
  }, [empty])
  const look = () => {
    const el = scroller.current
    const handle = list.current
    if (!el || !handle) return
    const below = el.scrollHeight - el.scrollTop - el.clientHeight
    const up = lastTop.current - el.scrollTop
    lastTop.current = el.scrollTop
    // Rows that are measured move the offset a little, too: only the reader leaves the bottom.
    const byReader = up > LEAP_PX || (up > 0 && performance.now() - touchedAt.current < TOUCH_MS)
    if (below < BOTTOM_PX && live) stuck.current = true
    else if (byReader || !live) stuck.current = false
    setAtBottom(stuck.current)
    const top = rows[Math.max(0, handle.findItemIndex(el.scrollTop) - 1)]
    history.setAnchor(channelId, stuck.current || top?.kind !== "message" ? null : top.message.seq)
    if (older === "loading" || newer === "loading") return
    if (el.scrollTop < AHEAD_PX && hasOlder && older === "idle") history.loadOlder(channelId)
    else if (below < AHEAD_PX && !live && newer === "idle") history.loadNewer(channelId)
  }
  const lookNow = useEffectEvent(look)
  useEffect(() => {
    // After a page the reader may still be near its end; so may one whose screen it does not fill.
    const frame = requestAnimationFrame(() => lookNow())
    return () => cancelAnimationFrame(frame)
  }, [rows, older, newer, live])

  useEffect(() => {
    if (!keepUnread && focused && atBottom && live && span && span.to > 0) readMarks.mark(channelId, span.to)
  }, [keepUnread, focused, atBottom, live, span, channelId, readMarks])

  useEffect(() => () => readMarks.release(channelId), [readMarks, channelId])

  const toPresent = () => {
    stuck.current = true
    setAtBottom(true)
    history.toPresent(channelId)
    toBottom()
    requestAnimationFrame(toBottom)
  }

  const { keys, keepMounted } = useRowKeys({ rows, scroller, list })

  // Nothing else to go back from: everything here is read, and one is at its end.
  useEscape("present", () => {
    if (keepUnread) return false
    setWasRead(null)
    readMarks.release(channelId)
    if (head > 0) readMarks.mark(channelId, head)
    if (!atBottom || detached) toPresent()
    if (document.activeElement === document.body) focusComposer()
    return true
  })

  // What one writes oneself is to be seen.
  const mineCount = outgoing.length
  const lastMine = useRef(mineCount)
  useEffect(() => {
    if (mineCount > lastMine.current) {
      setWasRead(null)
      if (!stuck.current) toPresent()
    }
    lastMine.current = mineCount
  })

  const missed = Math.max(0, head - Math.max(lastRead, live && atBottom ? head : 0))
  const top: ReactNode =
    older === "failed" ? (
      <NotLoaded what="older" onRetry={() => history.loadOlder(channelId)} />
    ) : hasOlder ? (
      <div className="older">
        <Bones />
      </div>
    ) : (
      <div className="col beginning">
        <h2>{channel?.name}</h2>
        <p className="soft">{channel?.topic || t("beginning")}</p>
        {intro}
      </div>
    )

  return (
    <div className="timeline">
      {empty ? (
        <div className="flow">
          <Fresh name={channel?.name ?? ""} topic={channel?.topic ?? ""} mayWrite={may.send} intro={intro} />
        </div>
      ) : (
        <div
          ref={scroller}
          className="scroll"
          data-settling={settled ? undefined : ""}
          role="log"
          aria-label={t("list")}
          // Rows come and go while one scrolls: what is new is announced apart.
          aria-live="off"
          {...keys}
          // A log that scrolls must be reachable by keys.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
        >
          <div className="pad" />
          <Virtualizer
            ref={list}
            data={items}
            shift={shift}
            keepMounted={keepMounted}
            scrollRef={scroller}
            bufferSize={800}
            onScroll={look}
            onScrollEnd={look}
            onResize={keepAtBottom}
          >
            {(item) =>
              item === "top" ? (
                <div key="top">{top}</div>
              ) : item === "end" ? (
                <div key="end" className="end">
                  {newer === "failed" && <NotLoaded what="newer" onRetry={() => history.loadNewer(channelId)} />}
                </div>
              ) : item.kind === "message" ? (
                <MessageRowView key={item.key} row={item} context={context} />
              ) : (
                <OutgoingRowView key={item.key} row={item} context={context} />
              )
            }
          </Virtualizer>
        </div>
      )}
      {state.around === "failed" && seq !== undefined && (
        <NotLoaded what="linked" onRetry={() => history.openAround(channelId, seq)} />
      )}
      <div className="below col">
        <Typing channelId={channelId} />
        {!empty && (!atBottom || detached) && (
          <button
            type="button"
            className="to-present"
            onClick={() => {
              toPresent()
              focusComposer()
            }}
          >
            <ArrowDownIcon className="i xs" weight="bold" aria-hidden="true" />
            {missed > 0 ? t("missed", { n: missed }) : t("toPresent")}
          </button>
        )}
      </div>
      <Announcer messages={live ? messages : []} head={head} me={me} />
      <Refusals outgoing={outgoing} />
    </div>
  )
}

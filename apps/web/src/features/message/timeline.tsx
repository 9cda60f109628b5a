"use client"

import "./message.css"
import type { Message, Snowflake } from "@hearth/core"
import { ArrowDownIcon, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { type ReactNode, startTransition, useEffect, useMemo, useRef, useState } from "react"
import { Virtualizer } from "virtua"
import { useBootstrap, useReadMarks } from "../gateway/provider.tsx"
import { useEscape } from "../shell/escape.ts"
import { Announcer, Refusals } from "./announcer.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { focusComposer } from "./focus-composer.ts"
import type { ChannelState } from "./history.ts"
import { MessageRowView } from "./message-row.tsx"
import { newcomers } from "./newcomers.ts"
import { OutgoingRowView } from "./outgoing-row.tsx"
import type { RowContext } from "./row-context.ts"
import { createRows, type Row } from "./rows.ts"
import { useChannel, useOutgoing, usePinned, useServices } from "./services.tsx"
import { newestRows, rowsFrom, sureRows } from "./sure-rows.ts"
import { Bones, Fresh, NotLoaded } from "./timeline-states.tsx"
import { useSomebodyThere } from "./tools-door.ts"
import { Typing } from "./typing.tsx"
import { useMarkRead } from "./use-mark-read.ts"
import { findChannel, useMay } from "./use-may.ts"
import { useNewAfter } from "./use-new-after.ts"
import { LATER_MS, usePlace } from "./use-place.ts"
import { useRowKeys } from "./use-row-keys.ts"
import { useSettled } from "./use-settled.ts"
import { useSteadyRows } from "./use-steady-rows.ts"
import { useWindowFocus } from "./use-window-focus.ts"

export { useMay } from "./use-may.ts"

export interface TimelineProps {
  guildId: Snowflake
  channelId: Snowflake
  /** Of a thread: the channel that it hangs in. */
  parentId?: Snowflake | undefined
  /** Of a thread: up to where the reader had read it when it was opened, of how much. The snapshot does not know. */
  readUpTo?: number | undefined
  replies?: number | undefined
  /** Stands at the top instead of the channel's name, also while nothing was said. */
  beginning?: ReactNode
  /** The message that the address leads to. */
  seq?: number | undefined
  /** What is seen stays unread: whoever shows it says when it is done. */
  keepUnread?: boolean
  /** Stands where the channel begins, and in it while nothing was said yet. */
  intro?: ReactNode
}

/** The messages of one channel. Fills its flex parent. */
export const Timeline = (props: TimelineProps) => <ChannelTimeline key={props.channelId} {...props} />

const ChannelTimeline = ({ keepUnread = false, ...props }: TimelineProps) => {
  const { channelId, parentId, seq } = props
  const tCommon = useTranslations("common")
  const state = useChannel(channelId, parentId)
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
  return <Loaded {...props} {...{ keepUnread, state, waited }} />
}

const Loaded = ({
  guildId,
  channelId,
  parentId,
  readUpTo,
  replies = 0,
  beginning,
  seq,
  keepUnread,
  intro,
  state,
  waited,
}: TimelineProps & { state: ChannelState; waited: boolean }) => {
  const t = useTranslations("message")
  const tThread = useTranslations("thread")
  const { history, queue, users } = useServices()
  const readMarks = useReadMarks()
  const me = useBootstrap((b) => b.me.id)
  const channel = useBootstrap((b) => findChannel(b, parentId ?? channelId)?.channel)
  const lastRead = useBootstrap((b) => b.readStates.find((r) => r.channelId === channelId)?.lastReadSeq ?? 0)
  const outgoing = useOutgoing(channelId)
  const focused = useWindowFocus()
  const ask = useAsk()
  const may = useMay(parentId ?? channelId)
  const { view, detached, older, newer } = state
  const { messages, span, live, head } = view
  const [readThere, setReadThere] = useState(readUpTo)
  const [wasRead, setWasRead] = useNewAfter(channelId, Math.max(head, replies), focused, readThere)
  // Where new begins is only known once it is loaded.
  const newAfter = wasRead !== null && span !== null && span.from <= wasRead + 1 ? wasRead : null

  const [buildRows] = useState(createRows)
  const all = useMemo(
    () => buildRows(messages, detached || !live ? [] : outgoing, { me, newAfter }),
    [buildRows, messages, outgoing, detached, live, me, newAfter],
  )

  // Who comes to the end of the log gets a screen of it, and the rest when that stands.
  const [first, setFirst] = useState(() =>
    seq === undefined && newAfter === null && live && !detached
      ? newestRows(all, window.innerHeight)[0]?.key
      : undefined,
  )
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setFirst(undefined)), LATER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (first !== undefined && (seq !== undefined || newAfter !== null)) setFirst(undefined)
  const near = useMemo(() => (first === undefined ? all : rowsFrom(all, first)), [all, first])
  const few = near.length < all.length
  const hasOlder = span !== null && (span.from > 1 || few)
  const shown = useMemo(() => sureRows(near, hasOlder && older !== "failed", seq), [near, hasOlder, older, seq])
  const { rows, shift } = useSteadyRows(shown)
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

  const pinned = usePinned(channelId, useSomebodyThere())
  const context = useMemo<RowContext>(
    () => ({
      guildId,
      channelId,
      parentId,
      me,
      highlighted: seq ?? null,
      canModerate: may.moderate,
      mayReact: may.react,
      pinned,
    }),
    [guildId, channelId, parentId, me, seq, may.moderate, may.react, pinned],
  )

  const empty = rows.length === 0 && !hasOlder && live
  const wantsMiddle = seq !== undefined || newAfter !== null || (waited && !few)
  const place = { channelId, seq, state, rows, shift, few, wantsMiddle, comesNew: newAfter !== null, empty }
  const { scroller, list, atBottom, buffer, look, keepAtBottom, toPresent, isStuck } = usePlace(place)
  const settled = useSettled(scroller, waited)

  const seen = !keepUnread && focused && atBottom && live && span ? span.to : 0
  if (readThere !== undefined && seen > readThere) setReadThere(seen)
  useMarkRead(channelId, seen, isStuck)

  const { keys, keepMounted } = useRowKeys({ rows, scroller, list })

  // Nothing else to go back from: everything here is read, and one is at its end.
  useEscape("present", () => {
    if (keepUnread) return false
    setWasRead(null)
    readMarks.release(channelId)
    if (head > 0) readMarks.mark(channelId, head)
    if (atBottom === false || detached) toPresent()
    if (document.activeElement === document.body) focusComposer(scroller.current)
    return true
  })

  // What one writes oneself is to be seen.
  const mineCount = outgoing.length
  const lastMine = useRef(mineCount)
  useEffect(() => {
    if (mineCount > lastMine.current) {
      setWasRead(null)
      if (!isStuck()) toPresent()
    }
    lastMine.current = mineCount
  })

  const missed = parentId ? 0 : Math.max(0, head - Math.max(lastRead, live && atBottom ? head : 0))
  const top: ReactNode =
    older === "failed" ? (
      <NotLoaded what="older" onRetry={() => history.loadOlder(channelId)} />
    ) : hasOlder ? (
      <div className="older">
        <Bones />
      </div>
    ) : (
      (beginning ?? (
        <div className="col beginning">
          <h2>{channel?.name}</h2>
          <p className="soft">{channel?.topic || t("beginning")}</p>
          {intro}
        </div>
      ))
    )

  return (
    <div className="timeline">
      {empty ? (
        <div className="flow">
          {beginning ?? (
            <Fresh
              name={channel?.name ?? ""}
              topic={channel?.topic ?? ""}
              mayWrite={may.send}
              intro={intro}
              onTopic={
                channel && !channel.topic && may.manage
                  ? () => ask({ kind: "edit-channel", guildId, channelId })
                  : undefined
              }
            />
          )}
        </div>
      ) : (
        <div
          ref={scroller}
          className="scroll"
          data-settling={settled ? undefined : ""}
          role="log"
          aria-label={parentId ? tThread("title") : t("list")}
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
            bufferSize={buffer}
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
        {!empty && (atBottom === false || detached) && (
          <button
            type="button"
            className="to-present"
            onClick={() => {
              toPresent()
              focusComposer(scroller.current)
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

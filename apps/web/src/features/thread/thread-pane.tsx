"use client"

import "./thread.css"
import type { Channel, OpenedThread, Snowflake, Thread } from "@hearth/core"
import { EmptyState, IconButton, XIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useRef } from "react"
import { flushSync } from "react-dom"
import { Composer, Timeline, useChannel } from "../message/index.ts"
import { Bones, NotLoaded } from "../message/timeline-states.tsx"
import { useEscape } from "../shell/escape.ts"
import { goTo } from "../shell/go.ts"
import { channelPath, useGuild } from "../shell/place.ts"
import { useNarrow } from "../shell/width.ts"
import { Following } from "./following.tsx"
import { Root } from "./root.tsx"
import { useThread } from "./use-thread.ts"

interface Props {
  channel: Channel
  threadId: Snowflake
  seq: number | undefined
}

/** A thread beside its channel, in the place of the members; on a phone a pane of its own. */
export const ThreadPane = (props: Props) => <OneThread key={props.threadId} {...props} />

const OneThread = ({ channel, threadId, seq }: Props) => {
  const t = useTranslations("thread")
  const tCommon = useTranslations("common")
  const { thread, error, again } = useThread(threadId)
  const pane = useRef<HTMLElement>(null)
  // Alone on the screen it is what the page is about.
  const narrow = useNarrow()
  const back = goTo(channelPath(channel.guildId, channel.id))
  const close = () => {
    // At once: what the pane covers cannot have the keyboard before.
    flushSync(() => back())
    const line = document.querySelector<HTMLElement>(`.room a[href$="/t/${CSS.escape(threadId)}"]`)
    ;(line ?? document.getElementById("room"))?.focus({ preventScroll: true })
  }
  useEscape("thread", () => {
    close()
    return true
  })
  // Whoever opens a thread is in it.
  useEffect(() => {
    if (!pane.current?.contains(document.activeElement)) pane.current?.focus({ preventScroll: true })
  }, [])
  // An address may name a thread of another channel: there is none such here.
  const isGone = error?.code === "UNKNOWN_CHANNEL" || (thread !== null && thread.channelId !== channel.id)
  return (
    <aside
      ref={pane}
      className="people thread-pane"
      aria-label={t("inChannel", { channel: channel.name })}
      id="thread"
      tabIndex={-1}
    >
      <header className="bar">
        <h2 aria-level={narrow ? 1 : undefined}>{t("title")}</h2>
        <span className="hint clip grow">{thread && !isGone && <Replies thread={thread} />}</span>
        {thread && !isGone && <Following thread={thread} />}
        <IconButton label={t("close")} keys="Esc" icon={<XIcon className="i" aria-hidden="true" />} onClick={close} />
      </header>
      {isGone ? (
        <EmptyState title={tCommon("nowhere.title")} sun={false}>
          {tCommon("nowhere.toChannel")}
        </EmptyState>
      ) : thread ? (
        <Opened thread={thread} seq={seq} />
      ) : error ? (
        <NotLoaded what="messages" onRetry={again} />
      ) : (
        <div className="flow late">
          <Bones />
        </div>
      )}
    </aside>
  )
}

const Replies = ({ thread }: { thread: Thread }) => {
  const t = useTranslations("thread")
  const { head } = useChannel(thread.id, thread.channelId).view
  return t("replies", { n: Math.max(head, thread.replies) })
}

const Opened = ({ thread, seq }: { thread: OpenedThread; seq: number | undefined }) => {
  const { id, guildId, channelId } = thread
  const where = { guildId, channelId: id, parentId: channelId }
  // Who was asked first answers that first.
  const pending = useGuild(guildId)?.conversation?.pending
  return (
    <>
      <Timeline
        {...where}
        seq={seq}
        readUpTo={thread.lastReadSeq}
        replies={thread.replies}
        beginning={<Root thread={thread} />}
      />
      {!pending && <Composer {...where} />}
    </>
  )
}

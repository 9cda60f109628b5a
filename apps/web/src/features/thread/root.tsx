"use client"

import "./thread.css"
import { isForwarded, isPoll, type Message, type Thread } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { Drawn as Forwarded } from "../forward/forwarded.tsx"
import { useBootstrap } from "../gateway/index.ts"
import { useChannel } from "../message/index.ts"
import { Markdown } from "../message/markdown/markdown.tsx"
import { Reactions } from "../message/reactions.tsx"
import type { RowContext } from "../message/row-context.ts"
import { RowShell } from "../message/row-shell.tsx"
import { useMay } from "../message/use-may.ts"
import { Drawn as Poll } from "../poll/poll.tsx"
import { useRoot } from "./use-thread.ts"

/** What a thread hangs on, and how many answered: it stands where the thread begins. */
export const Root = ({ thread }: { thread: Thread }) => {
  const t = useTranslations("thread")
  const root = useRoot(thread)
  const { head } = useChannel(thread.id, thread.channelId).view
  return (
    <div className="col root">
      {root?.deleted ? (
        <p className="soft">{t("deleted")}</p>
      ) : (
        root && <Said guildId={thread.guildId} message={root} />
      )}
      <p className="replies">{head > 0 ? t("replies", { n: head }) : t("nobody")}</p>
    </div>
  )
}

const nothingPinned: ReadonlySet<number> = new Set()

const Said = ({ guildId, message }: { guildId: string; message: Message }) => {
  const { channelId, content } = message
  const { moderate, react } = useMay(channelId)
  const me = useBootstrap((b) => b.me.id)
  const context = useMemo<RowContext>(
    () => ({
      ...{ guildId, channelId, me, highlighted: null, canModerate: moderate, mayReact: react },
      pinned: nothingPinned,
    }),
    [guildId, channelId, me, moderate, react],
  )
  return (
    <RowShell
      authorId={message.authorId}
      at={message.createdAt}
      leads
      content={content}
      below={<Reactions message={message} mayReact={react} />}
    >
      {isPoll(content) ? (
        <Poll {...{ message, context }} />
      ) : isForwarded(content) ? (
        <Forwarded message={message} />
      ) : (
        <Markdown content={content} />
      )}
    </RowShell>
  )
}

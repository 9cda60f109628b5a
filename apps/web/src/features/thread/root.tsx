"use client"
import { isForwarded, type Message, type Thread } from "@hearth/core"
import { useTranslations } from "next-intl"
import { ForwardedMessage } from "../forward/forwarded.tsx"
import { useChannel } from "../message/index.ts"
import { Markdown } from "../message/markdown/markdown.tsx"
import { Reactions } from "../message/reactions.tsx"
import { RowShell } from "../message/row-shell.tsx"
import { useMay } from "../message/use-may.ts"
import { useRoot } from "./use-thread.ts"

/** What a thread hangs on, and how many answered: it stands where the thread begins. */
export const Root = ({ thread }: { thread: Thread }) => {
  const t = useTranslations("thread")
  const root = useRoot(thread)
  const { head } = useChannel(thread.id, thread.channelId).view
  return (
    <div className="col root">
      {root?.deleted ? <p className="soft">{t("deleted")}</p> : root && <Said message={root} />}
      <p className="replies">{head > 0 ? t("replies", { n: head }) : t("nobody")}</p>
    </div>
  )
}

const Said = ({ message }: { message: Message }) => {
  const may = useMay(message.channelId)
  const { content } = message
  return (
    <RowShell
      authorId={message.authorId}
      at={message.createdAt}
      leads
      content={content}
      below={<Reactions message={message} mayReact={may.react} />}
    >
      {isForwarded(content) ? <ForwardedMessage content={content} /> : <Markdown content={content} />}
    </RowShell>
  )
}

"use client"
import type { Message } from "@hearth/core"
import { BellSlashIcon, Count, onDemand, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { memo } from "react"
import { useBootstrap, useMentions, useUnread } from "../gateway/index.ts"
import { usePlainText, useUser } from "../message/services.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { SaidAt } from "../shell/said-at.tsx"
import { hasUnreadThread } from "../thread/unread-threads.ts"
import { ConversationFace } from "./conversation-face.tsx"
import { conversationPath } from "./path.ts"
import type { Talk } from "./use-conversations.ts"

const draftMark = onDemand(() => import("../draft/draft-mark.tsx"))

/** One conversation: who it is with, what was said last, and whether that is new. */
export const ConversationRow = memo(function ConversationRow({
  talk: { channel, conversation },
  last,
  here,
}: {
  talk: Talk
  last: Message | null
  here: boolean
}) {
  const t = useTranslations("conversation")
  const { id, name } = channel
  const { unread, count } = useUnread(id)
  const asks = useMentions(id)
  const threads = useBootstrap((b) => hasUnreadThread(b, "channelId", id))
  const drafted = useBootstrap((b) => b.drafts?.[id] !== undefined) && !here
  const mark = useOnDemand(draftMark, drafted, () => {})
  const isNew = (unread || threads) && !here
  const quiet = conversation.muted || conversation.pending
  const gone = useBootstrap((b) => (last && b.deleted?.[id]?.includes(last.seq)) ?? false)
  const said = gone ? null : last
  const path = conversationPath(id)
  return (
    <Link
      className={["ch talk", here && "here", isNew && !conversation.muted && "new"].filter(Boolean).join(" ")}
      href={path}
      onNavigate={goTo(path)}
      aria-current={here ? "page" : undefined}
    >
      <ConversationFace of={conversation} />
      <span className="grow">
        <span className="in">
          <span className="clip grow" dir="auto" title={name}>
            {name}
          </span>
          {conversation.muted && (
            <>
              <BellSlashIcon className="i xs" aria-hidden="true" />
              <span className="unseen">{t("muted")}</span>
            </>
          )}
          {said && <SaidAt at={said.createdAt} />}
        </span>
        <span className="in">
          <span className="say clip grow" dir="auto">
            {said ? <Said message={said} inGroup={conversation.kind === "group"} /> : "\u00a0"}
          </span>
          {drafted && mark && <mark.DraftMark />}
          {asks > 0 && !here ? (
            <Count value={asks} label={t("asks", { n: asks })} />
          ) : (
            isNew && (
              <>
                {quiet && <span className="dot" />}
                <span className="unseen">{unread ? t("unread", { n: count }) : t("unreadThread")}</span>
              </>
            )
          )}
        </span>
      </span>
    </Link>
  )
})

const Said = ({ message, inGroup }: { message: Message; inGroup: boolean }) => {
  const t = useTranslations("conversation")
  const plain = usePlainText()
  const { user, isMe } = useUser(message.authorId)
  const said = plain(message.content)
  if (isMe) return t("you", { said })
  return inGroup && user ? t("somebody", { name: user.displayName, said }) : said
}

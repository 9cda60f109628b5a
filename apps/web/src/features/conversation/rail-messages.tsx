"use client"
import { ChatCircleIcon, Count, Dot, Tooltip } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useAllMentions, useBootstrap } from "../gateway/index.ts"
import { unreadOf } from "../gateway/unread.ts"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { hasUnreadThread } from "../thread/unread-threads.ts"
import { messagesPath } from "./path.ts"

/** Direct messages, in the rail. What waits to be let in, or was muted, is a dot and no number. */
export const RailMessages = ({ here }: { here: boolean }) => {
  const t = useTranslations("conversation")
  const asks = useAllMentions("conversations")
  const some = useBootstrap((b) =>
    b.guilds.some(
      ({ guild, conversation }) =>
        conversation && (unreadOf(b, guild.id) > 0 || hasUnreadThread(b, "guildId", guild.id)),
    ),
  )
  const label = t("link", { n: asks, some: String(some) })
  return (
    <Tooltip label={label} side="right">
      <Link
        className={here ? "railbtn on" : "railbtn"}
        href={messagesPath}
        onNavigate={goTo(messagesPath)}
        aria-label={label}
        aria-current={here ? "page" : undefined}
      >
        <ChatCircleIcon className="i" aria-hidden="true" />
        {asks > 0 ? <Count value={asks} /> : some && <Dot />}
      </Link>
    </Tooltip>
  )
}

"use client"
import "./conversation.css"
import type { ConversationItem } from "@hearth/core"
import { Dialog } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useList } from "../act/use-list.ts"
import { useBootstrap } from "../gateway/index.ts"
import { titleOf } from "../gateway/titles.ts"
import type { DialogState } from "../shell/dialogs.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { PagedList } from "../shell/paged-list.tsx"
import { trpc } from "../trpc/index.ts"
import { ConversationFace } from "./conversation-face.tsx"
import { conversationPath } from "./path.ts"

/** All conversations, also those that were closed, or that the list beside has no place for. */
export const ConversationsDialog = ({ open, onOpenChange }: DialogState) => {
  const t = useTranslations("conversation")
  const loading = useTranslations("common")("loading")
  const paged = useList((cursor) => trpc.conversation.list.query({ limit: 20, ...(cursor && { cursor }) }))
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("all")} description={t("allLead")}>
      <div className="people-found">
        <PagedList
          paged={paged}
          label={t("all")}
          loadingLabel={loading}
          empty={t("none")}
          row={(item) => <Row key={item.guild.id} item={item} onGo={() => onOpenChange(false)} />}
        />
      </div>
    </Dialog>
  )
}

const Row = ({ item, onGo }: { item: ConversationItem; onGo: () => void }) => {
  const me = useBootstrap((b) => b.me.displayName)
  const { guild, conversation } = item
  if (!conversation) return null
  const path = conversationPath(guild.id)
  return (
    <li>
      <Link
        className="person"
        href={path}
        onNavigate={() => {
          onGo()
          goTo(path)()
        }}
      >
        <ConversationFace of={conversation} />
        <span className="name clip grow" dir="auto">
          {titleOf(item, me)}
        </span>
      </Link>
    </li>
  )
}

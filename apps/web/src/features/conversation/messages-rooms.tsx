"use client"
// What is drawn for /messages: loaded with the first of it.
import type { Snowflake } from "@hearth/core"
import { Button, EmptyState } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useGateway } from "../gateway/index.ts"
import { ConnectionBanner } from "../shell/connection-banner.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { Nowhere } from "../shell/nowhere.tsx"
import { DrawerButton } from "../shell/room.tsx"
import { useNarrow } from "../shell/width.ts"
import { toAppError, trpc } from "../trpc/index.ts"
import { ConversationList } from "./conversation-list.tsx"
import { ConversationRoom } from "./conversation-room.tsx"
import { useConversations } from "./use-conversations.ts"

export { ConversationList } from "./conversation-list.tsx"

interface Props {
  conversationId: Snowflake | undefined
  seq: number | undefined
  covered: boolean
}

export const MessagesRoom = ({ conversationId, seq, covered }: Props) => {
  const narrow = useNarrow()
  const { talks, requests } = useConversations()
  if (!conversationId) return narrow ? <ConversationList alone /> : <Nobody />
  const talk = [...talks, ...requests].find((g) => g.guild.id === conversationId)
  return talk ? (
    <ConversationRoom key={conversationId} {...{ talk, seq, covered }} />
  ) : (
    <Unlisted key={conversationId} conversationId={conversationId} />
  )
}

/** One that was closed comes back by its address; of one that is not there nothing is said. */
const Unlisted = ({ conversationId }: { conversationId: Snowflake }) => {
  const t = useTranslations("conversation")
  const client = useGateway()
  const [gone, setGone] = useState(false)
  useEffect(
    () =>
      client.onOnline(() => {
        trpc.conversation.show.mutate({ conversationId }).catch((error: unknown) => {
          const { code } = toAppError(error)
          if (code !== "UNAVAILABLE") setGone(true)
        })
      }),
    [client, conversationId],
  )
  if (gone) return <Nowhere />
  return (
    <main className="room" id="room" tabIndex={-1} aria-label={t("title")} aria-busy="true">
      <header className="bar">
        <DrawerButton />
      </header>
      <span className="grow" />
      <ConnectionBanner writing={false} silent />
    </main>
  )
}

const Nobody = () => {
  const t = useTranslations("conversation")
  const ask = useAsk()
  const { talks } = useConversations()
  return (
    <main className="room" id="room" tabIndex={-1} aria-label={t("title")}>
      <EmptyState
        level={1}
        title={talks.length === 0 ? t("empty") : t("choose")}
        actions={
          <Button look="ember" onClick={() => ask({ kind: "new-conversation" })}>
            {t("new")}
          </Button>
        }
      >
        {talks.length === 0 ? t("emptyLead") : t("chooseLead")}
      </EmptyState>
    </main>
  )
}

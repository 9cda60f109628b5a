"use client"
// What is drawn for /messages: loaded with the first of it.
import { errorCodes, MAX_CONVERSATIONS, type Snowflake } from "@hearth/core"
import { Button, EmptyState, onDemand, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useGateway } from "../gateway/index.ts"
import { ConnectionBanner } from "../shell/connection-banner.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { Nowhere } from "../shell/nowhere.tsx"
import { goTo } from "../shell/go.ts"
import { DrawerButton } from "../shell/drawer-button.tsx"
import { ToCome } from "../shell/to-come.tsx"
import { useNarrow } from "../shell/width.ts"
import { toAppError, trpc } from "../trpc/index.ts"
import { ConversationList } from "./conversation-list.tsx"
import { messagesPath } from "./path.ts"
import { useConversations } from "./use-conversations.ts"

export { ConversationList } from "./conversation-list.tsx"

const AGAIN_MS = 5_000
const conversationRoom = onDemand(() => import("./conversation-room.tsx"))
const friendsRoom = onDemand(() => import("../friend/friends-room.tsx"))

/** Friends: beside the conversations, and loaded when they are looked at. */
export const FriendsRoom = () => {
  const t = useTranslations("conversation")
  const [missing, setMissing] = useState(false)
  const loaded = useOnDemand(friendsRoom, true, () => setMissing(true))
  return loaded ? <loaded.FriendsRoom /> : <ToCome title={t("friends")} missing={missing} />
}

interface Props {
  conversationId: Snowflake | undefined
  seq: number | undefined
  covered: boolean
}

export const MessagesRoom = ({ conversationId, seq, covered }: Props) => {
  const t = useTranslations("conversation")
  const narrow = useNarrow()
  const { talks, requests } = useConversations()
  const all = [...talks, ...requests]
  const talk = all.find((g) => g.guild.id === conversationId)
  const [missing, setMissing] = useState(false)
  const loaded = useOnDemand(conversationRoom, conversationId !== undefined, () => setMissing(true))
  // Where one still is: what was here and is no more was closed or left, here or on another device.
  const [drawn, setDrawn] = useState<Snowflake>()
  const here = talk || drawn === conversationId ? conversationId : undefined
  if (here !== drawn) setDrawn(here)
  if (!conversationId) return narrow ? <ConversationList alone /> : <Nobody />
  if (talk && !loaded) return <ToCome title={t("title")} missing={missing} />
  if (talk && loaded) return <loaded.ConversationRoom key={conversationId} {...{ talk, seq, covered }} />
  // Of too many a new snapshot may lack it all the same.
  if (here && all.length < MAX_CONVERSATIONS) return <Away />
  return <Unlisted key={conversationId} conversationId={conversationId} />
}

const Away = () => {
  useEffect(() => {
    goTo(messagesPath)()
  }, [])
  return <Nobody />
}

/** One that was closed comes back by its address; of one that is not there nothing is said. */
const Unlisted = ({ conversationId }: { conversationId: Snowflake }) => {
  const t = useTranslations("conversation")
  const client = useGateway()
  const [gone, setGone] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let waits = true
    const show = () => {
      clearTimeout(timer)
      trpc.conversation.show.mutate({ conversationId }).catch((error: unknown) => {
        if (!waits) return
        const { code, retryAfterMs = AGAIN_MS } = toAppError(error)
        // Only an answer says that it is not there.
        if (errorCodes[code].retry) timer = setTimeout(show, retryAfterMs)
        else setGone(true)
      })
    }
    const off = client.onOnline(show)
    return () => {
      waits = false
      clearTimeout(timer)
      off()
    }
  }, [client, conversationId])
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

"use client"
import "./conversation.css"
import type { Snowflake } from "@hearth/core"
import {
  ArrowLeftIcon,
  Button,
  CaretRightIcon,
  Count,
  Dot,
  EmptyState,
  IconButton,
  PencilSimpleIcon,
  UsersIcon,
} from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { useBootstrap } from "../gateway/index.ts"
import { unreadOf } from "../gateway/unread.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { useAddress } from "../shell/place.ts"
import { DrawerButton } from "../shell/drawer-button.tsx"
import { useListKeys } from "../shell/use-list-keys.ts"
import { ConversationRow } from "./conversation-row.tsx"
import { friendsPath, messagesPath, requestsPath } from "./path.ts"
import { type Talk, useConversations } from "./use-conversations.ts"
import { useLines } from "./use-lines.ts"

/** Conversations, where somebody wrote last first. Alone it is the room itself: on a phone. */
export const ConversationList = ({ alone = false }: { alone?: boolean }) => {
  const t = useTranslations("conversation")
  const ask = useAsk()
  const { requests: inRequests, channelId, friends } = useAddress()
  const { talks, requests } = useConversations()
  const asked = useBootstrap((b) => b.asked ?? 0)
  const isRequest = requests.some((g) => g.guild.id === channelId)
  const folder = inRequests || isRequest
  const listKeys = useListKeys()
  const Pane = alone ? "main" : "nav"
  const Title = alone ? "h1" : "h2"
  return (
    <Pane
      className={alone ? "list talks room" : "list talks"}
      id={alone ? "room" : undefined}
      tabIndex={alone ? -1 : undefined}
      aria-label={t("title")}
      {...listKeys}
    >
      <div className="bar">
        {alone && <DrawerButton />}
        <Title className="clip grow">{folder ? t("requests") : t("title")}</Title>
        <IconButton
          label={t("new")}
          side="bottom"
          icon={<PencilSimpleIcon className="i" aria-hidden="true" />}
          onClick={() => ask({ kind: "new-conversation" })}
        />
      </div>
      <div className="channels">
        {folder ? (
          <Link className="ch" href={messagesPath} onNavigate={goTo(messagesPath)}>
            <ArrowLeftIcon className="i along" aria-hidden="true" />
            <span className="clip">{t("toAll")}</span>
          </Link>
        ) : (
          <>
            <Link
              className={friends ? "ch here" : "ch"}
              href={friendsPath}
              onNavigate={goTo(friendsPath)}
              aria-current={friends ? "page" : undefined}
            >
              <UsersIcon className="i" aria-hidden="true" />
              <span className="clip grow">{t("friends")}</span>
              {asked > 0 && <Count value={asked} label={t("friendRequests", { n: asked })} />}
            </Link>
            {requests.length > 0 && <ToRequests requests={requests} />}
          </>
        )}
        <Rows talks={folder ? requests : talks} label={folder ? t("requests") : t("title")} at={channelId} />
        {folder
          ? requests.length === 0 && <p className="hint none">{t("noRequests")}</p>
          : talks.length === 0 &&
            (alone ? (
              <EmptyState
                title={t("empty")}
                actions={
                  <Button look="ember" onClick={() => ask({ kind: "new-conversation" })}>
                    {t("new")}
                  </Button>
                }
              >
                {t("emptyLead")}
              </EmptyState>
            ) : (
              <p className="hint none">{t("none")}</p>
            ))}
        {!folder && (
          <div className="more">
            <Button look="bare" size="small" onClick={() => ask({ kind: "conversations" })}>
              {t("all")}
            </Button>
          </div>
        )}
      </div>
    </Pane>
  )
}

const Rows = ({ talks, label, at }: { talks: readonly Talk[]; label: string; at: Snowflake | undefined }) => {
  const ids = useMemo(() => talks.map((g) => g.guild.id), [talks])
  const lines = useLines(ids)
  if (talks.length === 0) return null
  return (
    <ul aria-label={label}>
      {talks.map((talk) => (
        <li key={talk.guild.id}>
          <ConversationRow talk={talk} last={lines.get(talk.guild.id)?.message ?? null} here={talk.guild.id === at} />
        </li>
      ))}
    </ul>
  )
}

/** No number and no sound: nobody is called by somebody whom they did not let in. */
const ToRequests = ({ requests }: { requests: readonly Talk[] }) => {
  const t = useTranslations("conversation")
  const some = useBootstrap((b) => requests.some((g) => unreadOf(b, g.guild.id) > 0))
  return (
    <Link className="ch" href={requestsPath} onNavigate={goTo(requestsPath)}>
      <CaretRightIcon className="i along" aria-hidden="true" />
      <span className="clip grow">{t("requests")}</span>
      {some && <Dot label={t("something")} />}
    </Link>
  )
}

"use client"
import "./conversation.css"
import { Face, IconButton, Menu, onDemand, UsersIcon, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useGatewayEvent, usePresence } from "../gateway/index.ts"
import { Composer, Timeline, useMay } from "../message/index.ts"
import { useLastActive } from "../presence/last-active.tsx"
import { useGlow } from "../presence/use-liveliness.ts"
import { ConnectionBanner } from "../shell/connection-banner.tsx"
import { goTo } from "../shell/go.ts"
import { DrawerButton } from "../shell/drawer-button.tsx"
import { usePanes } from "../shell/panes-context.ts"
import { ConversationFace } from "./conversation-face.tsx"
import { messagesPath } from "./path.ts"
import type { Talk } from "./use-conversations.ts"

const menu = onDemand(() => import("./conversation-items.tsx"))
const asking = onDemand(() => import("./request.tsx"))

interface Props {
  talk: Talk
  seq?: number | undefined
  /** A thread lies over all of it. */
  covered: boolean
}

/** An open conversation: whom it is with, what was written, and where to write, or whether to let them in. */
export const ConversationRoom = ({ talk, seq, covered }: Props) => {
  const t = useTranslations("conversation")
  const tShell = useTranslations("shell")
  const { people, setPeople } = usePanes()
  const { guild, channel, conversation } = talk
  const { id, name } = channel
  const isGroup = conversation.kind === "group"
  const [other] = conversation.people
  const request = useOnDemand(asking, conversation.pending, () => {})
  // Closed or left, here or on another device: one stays among the conversations.
  useGatewayEvent("conversation:removed", (gone) => gone.guildId === id && goTo(messagesPath)())
  useGatewayEvent("guild:removed", (gone) => gone.guildId === id && goTo(messagesPath)())
  const bar = (about?: string | null) => (
    <header className="bar" inert={covered}>
      <DrawerButton />
      <ConversationFace of={conversation} />
      <div className="where">
        <h1 title={name}>
          <Menu
            trigger={
              <button type="button" className="name-menu clip" dir="auto">
                {name}
              </button>
            }
            items={menu}
          >
            {({ ConversationItems }) => <ConversationItems talk={talk} />}
          </Menu>
        </h1>
        <span className="hint clip only-narrow">{about}</span>
      </div>
      <span className="hint clip only-wide">{about}</span>
      <span className="grow" />
      {isGroup && (
        <IconButton
          id="members-toggle"
          label={tShell("members")}
          side="bottom"
          pressed={people}
          icon={<UsersIcon className="i" weight={people ? "fill" : "regular"} aria-hidden="true" />}
          onClick={() => setPeople(!people)}
        />
      )}
    </header>
  )
  return (
    <main className="room fire" id="room" data-glow={useGlow(id)} tabIndex={-1} aria-label={name}>
      {isGroup ? bar(t("people", { n: conversation.count })) : other ? <How userId={other.id}>{bar}</How> : bar()}
      <div className="below-bar" inert={covered}>
        <Timeline guildId={guild.id} channelId={id} seq={seq} beginning={<Beginning talk={talk} />} />
        {/* `SpokenConnection` says it. */}
        <ConnectionBanner silent writing={!conversation.pending} />
        {conversation.pending ? (
          request && <request.Request talk={talk} />
        ) : (
          <Composer guildId={guild.id} channelId={id} />
        )}
      </div>
    </main>
  )
}

/** In words how they are: known once, and drawn where there is room for it. */
const How = ({ userId, children }: { userId: string; children: (about: string | null) => ReactNode }) => {
  const t = useTranslations("common.presence")
  const presence = usePresence(userId) ?? "unknown"
  const lastActive = useLastActive(presence === "offline" ? userId : undefined)
  if (presence === "offline") return children(lastActive)
  return children(presence === "unknown" ? null : t(presence))
}

const Beginning = ({ talk: { channel, conversation } }: { talk: Talk }) => {
  const t = useTranslations("conversation")
  const may = useMay(channel.id)
  const [first] = conversation.people
  const isGroup = conversation.kind === "group"
  return (
    <div className="col talk-beginning">
      {!isGroup && first ? (
        <Face id={first.id} name={first.displayName} portrait={first.portrait} size={64} />
      ) : (
        <ConversationFace of={conversation} size={64} />
      )}
      <h2 dir="auto">{channel.name}</h2>
      <p className="soft">
        {isGroup ? t("beginningGroup", { n: conversation.count }) : t("beginning", { name: channel.name })}
        {may.send && !conversation.pending && ` ${t("onlyYou")}`}
      </p>
    </div>
  )
}

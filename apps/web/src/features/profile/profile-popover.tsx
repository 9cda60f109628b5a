"use client"
import "./profile.css"
import type { Profile, Snowflake } from "@hearth/core"
import { Bone, Button, ChatCircleIcon, Tag } from "@hearth/ui"
import { PopoverPopup } from "@hearth/ui/popover"
import { useTranslations } from "next-intl"
import { useMemo, useRef } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { useOpenConversation } from "../conversation/open-conversation.ts"
import { FriendButton } from "../friend/friend-button.tsx"
import { useBootstrap, usePresence } from "../gateway/index.ts"
import { useUser } from "../message/services.tsx"
import { LastActive } from "../presence/last-active.tsx"
import { PersonFace } from "../presence/person-face.tsx"
import type { DialogState } from "../shell/dialogs.tsx"
import { useGuild } from "../shell/place.ts"
import { StatusLine } from "../status/status-line.tsx"
import { Note } from "./note.tsx"
import { useProfile } from "./use-profile.ts"

type Props = DialogState & {
  userId: Snowflake
  /** What it stands beside, and where the focus goes when it closes. */
  anchor: HTMLElement
  /** Where one looks at them. */
  guildId?: Snowflake | undefined
}

/** Somebody, as one meets them: who they are, how they are, and what can be done. */
export const ProfilePopover = ({ userId, anchor, guildId, open, onOpenChange }: Props) => {
  const t = useTranslations("profile")
  const tCommon = useTranslations("common")
  const { user, isMe } = useUser(userId)
  const { profile, error, again } = useProfile(userId, guildId)
  const card = user ?? profile?.user
  const name = card?.displayName ?? tCommon("somebody")
  const start = useRef<HTMLDivElement>(null)
  // A face and a name in a message take no focus: their message does.
  const beside = useMemo(() => ({ current: anchor }), [anchor])
  const back = useMemo(
    () => ({
      current: anchor.tabIndex >= -1 && anchor.matches("button, article, a") ? anchor : anchor.closest("article"),
    }),
    [anchor],
  )
  return (
    <PopoverPopup
      open={open}
      onOpenChange={onOpenChange}
      anchor={beside}
      returnTo={back}
      initialFocus={start}
      label={t("label", { name })}
      side={anchor.matches(".person") ? "left" : "bottom"}
      align="start"
    >
      <div className="profile" ref={start} tabIndex={-1}>
        <header>
          {card && <PersonFace user={card} size={64} />}
          <span className="grow">
            <h2 className="clip" dir="auto" title={name}>
              {name}
            </h2>
            <How userId={userId} isMe={isMe} />
            <StatusLine userId={userId} />
          </span>
        </header>
        {error ? (
          <p className="hint" role="alert">
            {error.code === "UNKNOWN_MEMBER" ? t("notHere") : t("notLoaded")}{" "}
            {error.code !== "UNKNOWN_MEMBER" && (
              <Button size="small" onClick={again}>
                {tCommon("tryAgain")}
              </Button>
            )}
          </p>
        ) : profile ? (
          <Known profile={profile} isMe={isMe} guildId={guildId} onDone={() => onOpenChange(false)} />
        ) : (
          <div className="bones" role="status" aria-label={t("loading")}>
            <Bone width={3} />
            <Bone width={2} />
          </div>
        )}
      </div>
    </PopoverPopup>
  )
}

/** In words what the sign on the face says. */
const How = ({ userId, isMe }: { userId: Snowflake; isMe: boolean }) => {
  const t = useTranslations("common.presence")
  const seen = usePresence(userId) ?? "unknown"
  const chosen = useBootstrap((b) => b.status?.state ?? "online")
  if (!isMe && seen === "offline")
    return (
      <span className="hint how">
        <LastActive userId={userId} />
      </span>
    )
  return <span className="hint how">{t(isMe && chosen !== "online" ? chosen : seen)}</span>
}

const Known = ({
  profile: { user, guildIds, roleIds = [], note },
  isMe,
  guildId,
  onDone,
}: {
  profile: Profile
  isMe: boolean
  guildId: Snowflake | undefined
  onDone: () => void
}) => {
  const t = useTranslations("profile")
  const tMember = useTranslations("member")
  const { list } = useFormats()
  const here = useGuild(guildId ?? "")
  const guilds = useBootstrap((b) => b.guilds)
  const openConversation = useOpenConversation()
  const roles = here?.roles.filter((role) => roleIds.includes(role.id)) ?? []
  const owns = here?.guild.ownerId === user.id && !here.conversation
  const mutual = guilds.filter(({ guild }) => guildIds.includes(guild.id))
  return (
    <>
      {(owns || roles.length > 0) && (
        <p className="tags" role="group" aria-label={t("roles")}>
          {owns && <Tag>{tMember("owner")}</Tag>}
          {roles.map((role) => (
            <Tag key={role.id}>{role.name}</Tag>
          ))}
        </p>
      )}
      {!isMe && mutual.length > 0 && (
        <p className="mutual">
          <span className="hint">{t("mutual", { n: mutual.length })}</span>
          <span dir="auto">{list(mutual.map(({ guild }) => guild.name))}</span>
        </p>
      )}
      {!isMe && (
        <div className="row">
          <Button
            onClick={() => {
              onDone()
              void openConversation(user.id)
            }}
          >
            <ChatCircleIcon className="i s" aria-hidden="true" />
            {t("message")}
          </Button>
          <FriendButton key={user.id} userId={user.id} name={user.displayName} />
        </div>
      )}
      <Note userId={user.id} kept={note} />
    </>
  )
}

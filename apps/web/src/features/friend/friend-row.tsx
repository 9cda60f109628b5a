"use client"
import type { UserCard } from "@hearth/core"
import { ChatCircleIcon, DotsThreeIcon, IconButton, Menu, onDemand, useOnDemand } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useOpenConversation } from "../conversation/open-conversation.ts"
import { usePresence } from "../gateway/index.ts"
import { PersonFace } from "../presence/person-face.tsx"
import { StatusLine } from "../status/status-line.tsx"

const away = onDemand(() => import("../presence/last-active.tsx"))
const menu = onDemand(() => import("./friend-items.tsx"))

/** A friend, how they are, and what one does about that. */
export const FriendRow = ({ user }: { user: UserCard }) => {
  const t = useTranslations("friend")
  const tPresence = useTranslations("common.presence")
  const presence = usePresence(user.id) ?? "unknown"
  // Who is not here says since when, once that is loaded.
  const since = useOnDemand(away, presence === "offline", () => {})
  const openWith = useOpenConversation()
  const { displayName: name } = user
  return (
    <li className="line friend">
      <button
        type="button"
        className="open"
        aria-label={t("message", { name })}
        onClick={() => void openWith(user.id)}
      />
      <PersonFace user={user} size={32} />
      <span className="grow">
        <span className="name clip" dir="auto" title={name}>
          {name}
        </span>
        <span className="row">
          <span className="hint">
            {presence === "unknown" ? (
              "\u00a0"
            ) : since && presence === "offline" ? (
              <since.LastActive userId={user.id} />
            ) : (
              tPresence(presence)
            )}
          </span>
          <StatusLine userId={user.id} />
        </span>
      </span>
      <ChatCircleIcon className="i" aria-hidden="true" />
      <Menu
        align="end"
        trigger={
          <IconButton
            label={t("more", { name })}
            icon={<DotsThreeIcon className="i" weight="bold" aria-hidden="true" />}
          />
        }
        items={menu}
      >
        {({ FriendItems }) => <FriendItems user={user} />}
      </Menu>
    </li>
  )
}

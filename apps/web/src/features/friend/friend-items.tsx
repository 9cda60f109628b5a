"use client"
import type { UserCard } from "@hearth/core"
import { MenuItem, UserMinusIcon } from "@hearth/ui"
import { ProhibitIcon } from "@phosphor-icons/react/dist/ssr/Prohibit"
import { useTranslations } from "next-intl"
import { trpc } from "../trpc/index.ts"
import { useAnswer } from "./use-answer.ts"

/** What ends a friendship. Loaded with its menu. */
export const FriendItems = ({ user: { id: userId, displayName: name } }: { user: UserCard }) => {
  const t = useTranslations("friend")
  const tTalk = useTranslations("conversation")
  const answer = useAnswer()
  return (
    <>
      <MenuItem
        icon={<UserMinusIcon className="i" aria-hidden="true" />}
        onSelect={() => void answer(trpc.friend.remove.mutate({ userId }), t("removed", { name }))}
      >
        {t("remove")}
      </MenuItem>
      <MenuItem
        icon={<ProhibitIcon className="i" aria-hidden="true" />}
        onSelect={() =>
          void answer(trpc.conversation.block.mutate({ userId, blocked: true }), tTalk("blockedNow", { name }))
        }
      >
        {tTalk("block", { name })}
      </MenuItem>
    </>
  )
}

"use client"
import {
  BellSlashIcon,
  MenuItem,
  MenuSeparator,
  SignOutIcon,
  useToast,
  UserPlusIcon,
  UsersIcon,
  XIcon,
} from "@hearth/ui"
import { BellIcon } from "@phosphor-icons/react/dist/ssr/Bell"
import { ChatsTeardropIcon } from "@phosphor-icons/react/dist/ssr/ChatsTeardrop"
import { ProhibitIcon } from "@phosphor-icons/react/dist/ssr/Prohibit"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useBootstrap } from "../gateway/index.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { toAppError, trpc } from "../trpc/index.ts"
import type { Talk } from "./use-conversations.ts"

/** What is done with a conversation. Loaded with its menu. */
export const ConversationItems = ({ talk: { guild, conversation } }: { talk: Talk }) => {
  const t = useTranslations("conversation")
  const tThread = useTranslations("thread")
  const ask = useAsk()
  const me = useBootstrap((b) => b.me.id)
  const { say, complain } = useToast()
  const textOf = useErrorText()
  const act = async (work: Promise<unknown>, said?: string) => {
    try {
      await work
      if (said) say(said)
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  const { muted, kind, ownerId, people, blocked } = conversation
  const body = { conversationId: guild.id }
  const [other] = people
  return (
    <>
      <MenuItem
        icon={<ChatsTeardropIcon className="i" aria-hidden="true" />}
        onSelect={() => ask({ kind: "threads", channelId: guild.id })}
      >
        {tThread("all")}
      </MenuItem>
      <MenuItem
        icon={
          muted ? <BellIcon className="i" aria-hidden="true" /> : <BellSlashIcon className="i" aria-hidden="true" />
        }
        onSelect={() => void act(trpc.conversation.mute.mutate({ ...body, muted: !muted }))}
      >
        {muted ? t("unmute") : t("mute")}
      </MenuItem>
      {kind === "group" && (
        <MenuItem
          icon={<UsersIcon className="i" aria-hidden="true" />}
          onSelect={() => ask({ kind: "group", conversationId: guild.id })}
        >
          {ownerId === me ? t("manage") : t("peopleTitle")}
        </MenuItem>
      )}
      {ownerId === me && (
        <MenuItem
          icon={<UserPlusIcon className="i" aria-hidden="true" />}
          onSelect={() => ask({ kind: "new-conversation", addTo: guild.id })}
        >
          {t("add")}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem
        icon={<XIcon className="i" aria-hidden="true" />}
        onSelect={() => void act(trpc.conversation.close.mutate(body), t("closed"))}
      >
        {t("close")}
      </MenuItem>
      {kind === "group" ? (
        <MenuItem
          icon={<SignOutIcon className="i" aria-hidden="true" />}
          onSelect={() => ask({ kind: "leave-group", conversationId: guild.id })}
        >
          {t("leave")}
        </MenuItem>
      ) : (
        other && (
          <MenuItem
            icon={<ProhibitIcon className="i" aria-hidden="true" />}
            onSelect={() =>
              void act(
                trpc.conversation.block.mutate({ userId: other.id, blocked: !blocked }),
                blocked ? undefined : t("blockedNow", { name: other.displayName }),
              )
            }
          >
            {blocked ? t("unblock", { name: other.displayName }) : t("block", { name: other.displayName })}
          </MenuItem>
        )
      )}
    </>
  )
}

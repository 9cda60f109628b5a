"use client"
import type { OpenedThread, ThreadFollowing } from "@hearth/core"
import { IconButton, useToast } from "@hearth/ui"
import { BellIcon } from "@phosphor-icons/react/dist/ssr/Bell"
import { BellSlashIcon } from "@phosphor-icons/react/dist/ssr/BellSlash"
import { EyeIcon } from "@phosphor-icons/react/dist/ssr/Eye"
import { EyeSlashIcon } from "@phosphor-icons/react/dist/ssr/EyeSlash"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useErrorText } from "../../i18n/error-text.ts"
import { useBootstrap } from "../gateway/index.ts"
import { useChannel } from "../message/index.ts"
import { toAppError, trpc } from "../trpc/client.ts"

/** Whether one hears of the thread: follow it or not, and mute what one follows. Shown at once, and as it was when that fails. */
export const Following = ({ thread }: { thread: OpenedThread }) => {
  const t = useTranslations("thread")
  const { complain } = useToast()
  const textOf = useErrorText()
  const [state, setState] = useState<ThreadFollowing>({ following: thread.following, muted: thread.muted })
  // Whoever writes in it follows it (5.29).
  const me = useBootstrap((b) => b.me.id)
  const { messages } = useChannel(thread.id, thread.channelId).view
  const own = messages.findLast((m) => m.authorId === me)?.seq ?? 0
  const [known, setKnown] = useState(thread.replies)
  if (own > known) {
    setKnown(own)
    if (!state.following) setState({ following: true, muted: false })
  }
  const set = async (next: ThreadFollowing) => {
    setState(next)
    try {
      setState(await trpc.thread.follow.mutate({ threadId: thread.id, ...next }))
    } catch (error) {
      setState(state)
      complain(textOf(toAppError(error)))
    }
  }
  const { following, muted } = state
  return (
    <>
      {following && (
        <IconButton
          label={muted ? t("unmute") : t("mute")}
          icon={
            muted ? <BellSlashIcon className="i" aria-hidden="true" /> : <BellIcon className="i" aria-hidden="true" />
          }
          onClick={() => void set({ following, muted: !muted })}
        />
      )}
      <IconButton
        label={following ? t("unfollow") : t("follow")}
        icon={
          following ? (
            <EyeIcon className="i" weight="fill" aria-hidden="true" />
          ) : (
            <EyeSlashIcon className="i" aria-hidden="true" />
          )
        }
        onClick={() => void set({ following: !following, muted: false })}
      />
    </>
  )
}

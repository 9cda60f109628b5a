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
import { toAppError, trpc } from "../trpc/client.ts"

/** Whether one hears of the thread: follow it or not, and mute what one follows. Shown as pressed, and as it was when that fails. */
export const Following = ({ thread }: { thread: OpenedThread }) => {
  const t = useTranslations("thread")
  const { complain } = useToast()
  const textOf = useErrorText()
  const [state, setState] = useState<ThreadFollowing>({ following: thread.following, muted: thread.muted })
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

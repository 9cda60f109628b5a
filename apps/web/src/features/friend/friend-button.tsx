"use client"
import type { FriendState, Snowflake } from "@hearth/core"
import { Button, CheckIcon, UserPlusIcon } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useBootstrap, useGatewayEvent } from "../gateway/index.ts"
import { trpc } from "../trpc/index.ts"
import { useAsked } from "./use-asked.ts"
import { useAnswer } from "./use-answer.ts"

/** What somebody is to one, and the step from there: asks, accepts, or says that they are friends. */
export const FriendButton = ({ userId, name }: { userId: Snowflake; name: string }) => {
  const t = useTranslations("friend")
  const answer = useAnswer()
  const me = useBootstrap((b) => b.me.id)
  const isFriend = useBootstrap((b) => b.friends?.includes(userId) ?? false)
  const { value, again } = useAsked(() => trpc.friend.state.query({ userId }))
  useGatewayEvent("friend:asked", again)
  useGatewayEvent("friend:removed", again)
  if (userId === me || (!value && !isFriend)) return null
  // Of friends the snapshot knows at once.
  const state: FriendState["state"] = isFriend
    ? "friends"
    : value?.state === "friends"
      ? "none"
      : (value?.state ?? "none")
  if (state === "friends")
    return (
      <span className="row hint">
        <CheckIcon className="i xs" weight="bold" aria-hidden="true" />
        {t("friends")}
      </span>
    )
  const ask = async () => {
    const said = state === "asking" ? t("accepted", { name }) : t("askedNow")
    if (await answer(trpc.friend.ask.mutate({ userId }), said)) again()
  }
  return (
    <Button size="small" disabled={state === "asked"} onClick={() => void ask()}>
      <UserPlusIcon className="i s" aria-hidden="true" />
      {t(state === "asked" ? "requested" : state === "asking" ? "acceptRequest" : "addAsFriend")}
    </Button>
  )
}

"use client"
import type { GuildSnapshot, Snowflake } from "@hearth/core"
import { useCallback, useEffect, useSyncExternalStore } from "react"
import { useBootstrap, useGatewayEvent } from "../gateway/index.ts"
import { useChannel } from "../message/index.ts"
import { useWindowFocus } from "../message/use-window-focus.ts"
import { trpc } from "../trpc/index.ts"
import { createInvited } from "./invited.ts"
import { createKept } from "./kept.ts"
import { allDone, type Done, doneOf } from "./steps.ts"

const away = createKept("first-steps", () => localStorage)

const invitations = createInvited({ invites: trpc.invite.list.query, members: trpc.member.list.query })

/** Somebody was invited just now: there is no need to look. */
export const invitedSomebody = invitations.tell

export interface FirstSteps {
  done: Done
  putAway: () => void
}

/** The first steps of a server, for whoever made it, until they are done or put away. Null: there is nothing to show. */
export const useFirstSteps = (snapshot: GuildSnapshot, channelId: Snowflake): FirstSteps | null => {
  const { guild } = snapshot
  const me = useBootstrap((b) => b.me.id)
  const heads = useBootstrap((b) => b.heads)
  const { head } = useChannel(channelId).view
  const read = useCallback(() => away.has(me, guild.id), [me, guild.id])
  const isAway = useSyncExternalStore(away.subscribe, read, () => true)
  const mine = guild.ownerId === me && !isAway
  const readInvited = useCallback(() => invitations.get(guild.id), [guild.id])
  const invited = useSyncExternalStore(invitations.subscribe, readInvited, () => undefined)
  const open = mine && !invited
  const focused = useWindowFocus()
  useEffect(() => {
    if (open && focused) void invitations.look(guild.id)
  }, [open, focused, guild.id])
  // Comes while the members are on the screen; else the list looks when the page has the focus again.
  useGatewayEvent("members:changed", ({ slices }) => {
    if (open && slices.some((s) => s.guildId === guild.id && s.total > 1)) invitations.tell(guild.id)
  })
  const done = doneOf({ snapshot, heads, headHere: head, invited: invited ?? false })
  // Where the rest is done it is not drawn just to be gone again.
  const over = allDone({ ...done, invite: invited ?? true })
  const forGood = mine && over && invited === true
  // Once done they do not come back, whatever is deleted later.
  useEffect(() => {
    if (forGood) away.add(me, guild.id)
  }, [forGood, me, guild.id])
  return mine && !over ? { done, putAway: () => away.add(me, guild.id) } : null
}

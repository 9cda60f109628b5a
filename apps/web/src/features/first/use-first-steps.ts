"use client"
import type { GuildSnapshot, Snowflake } from "@hearth/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useCallback, useEffect, useSyncExternalStore } from "react"
import { useBootstrap, useGatewayEvent } from "../gateway/index.ts"
import { useChannel } from "../message/index.ts"
import { trpc } from "../trpc/index.ts"
import { createKept } from "./kept.ts"
import { allDone, type Done, doneOf } from "./steps.ts"

const away = createKept("first-steps", () => localStorage)

const keyOf = (guildId: Snowflake) => ["first-steps", guildId] as const

/** Somebody was invited just now: the list looks again. */
export const useInvitedSomebody = () => {
  const cache = useQueryClient()
  return (guildId: Snowflake) => void cache.invalidateQueries({ queryKey: keyOf(guildId) })
}

const readInvited = async (guildId: Snowflake): Promise<boolean> => {
  const [invites, members] = await Promise.all([
    trpc.invite.list.query({ guildId, limit: 1 }),
    trpc.member.list.query({ guildId, limit: 2 }),
  ])
  return invites.items.length > 0 || members.items.length > 1
}

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
  const { data: invited } = useQuery({ queryKey: keyOf(guild.id), queryFn: () => readInvited(guild.id), enabled: mine })
  const lookAgain = useInvitedSomebody()
  // Comes while the members are on the screen; else the list looks again when the page has the focus again.
  useGatewayEvent("members:changed", ({ slices }) => {
    if (mine && !invited && slices.some((s) => s.guildId === guild.id && s.total > 1)) lookAgain(guild.id)
  })
  const done = doneOf({ snapshot, heads, headHere: head, invited: invited ?? false })
  const over = mine && allDone(done)
  // Once done they do not come back, whatever is deleted later.
  useEffect(() => {
    if (over) away.add(me, guild.id)
  }, [over, me, guild.id])
  return mine && !over ? { done, putAway: () => away.add(me, guild.id) } : null
}

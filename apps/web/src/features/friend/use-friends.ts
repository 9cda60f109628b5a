"use client"
import type { FriendAsk, Shown, Snowflake, UserCard } from "@hearth/core"
import { useCallback, useEffect, useSyncExternalStore } from "react"
import { useList } from "../act/use-list.ts"
import { useGatewayEvent, useGatewayParts } from "../gateway/index.ts"
import type { Paged } from "../shell/use-paged.ts"
import { trpc } from "../trpc/index.ts"

/** What happened meanwhile is not told any more. */
const useReset = (anew: () => void) => useGatewayEvent("gateway:ready", ({ reset }) => reset && anew())

/** Friends by name, as they are now on all devices. */
export const useFriends = (): Paged<UserCard> => {
  const list = useList((cursor) => trpc.friend.list.query({ limit: 100, ...(cursor && { cursor }) }))
  useGatewayEvent("friend:added", list.anew)
  useReset(list.anew)
  useGatewayEvent("friend:removed", ({ userId }) => list.change((all) => all.filter((user) => user.id !== userId)))
  return list
}

/** What waits for an answer: of others, or of oneself. */
export const useFriendAsks = (way: "in" | "out"): Paged<FriendAsk> => {
  const list = useList((cursor) => trpc.friend.requests.query({ way, ...(cursor && { cursor }) }))
  useGatewayEvent("friend:asked", list.anew)
  useReset(list.anew)
  useGatewayEvent("friend:added", list.anew)
  return list
}

/** How several people are. So many of them as the gateway tells one connection of. */
export const usePresences = (userIds: readonly Snowflake[]): readonly (Shown | undefined)[] => {
  const { presence } = useGatewayParts()
  const key = userIds.join()
  useEffect(() => {
    const stops = key ? key.split(",").map((id) => presence.watch(id)) : []
    return () => {
      for (const stop of stops) stop()
    }
  }, [presence, key])
  const read = useCallback(
    () => (key ? key.split(",") : []).map((id) => presence.get(id) ?? "").join(),
    [presence, key],
  )
  const said = useSyncExternalStore(presence.subscribe, read, read).split(",")
  return userIds.map((_, i) => (said[i] || undefined) as Shown | undefined)
}

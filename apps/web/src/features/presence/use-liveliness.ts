"use client"
import type { GuildSnapshot, Snowflake } from "@hearth/core"
import type { Glow } from "@hearth/ui"
import { useSyncExternalStore } from "react"
import { useGatewayParts } from "../gateway/index.ts"
import type { Viewers } from "./viewers.ts"

export const useGlow = (channelId: Snowflake): Glow => {
  const { liveliness } = useGatewayParts()
  const read = () => liveliness.get(channelId).glow
  return useSyncExternalStore(liveliness.subscribe, read, read)
}

/** A server is as lively as its liveliest channel. */
export const useGuildGlow = ({ channels }: GuildSnapshot): Glow => {
  const { liveliness } = useGatewayParts()
  const read = () =>
    channels.reduce<Glow>((most, { id }) => {
      const { glow } = liveliness.get(id)
      return glow > most ? glow : most
    }, 0)
  return useSyncExternalStore(liveliness.subscribe, read, read)
}

/** Who wrote in a lively channel lately, other than oneself: at most three. */
export const useWriters = (channelId: Snowflake): readonly Snowflake[] => {
  const { liveliness } = useGatewayParts()
  const read = () => liveliness.get(channelId).userIds
  return useSyncExternalStore(liveliness.subscribe, read, read)
}

/** Who has the channel open; undefined while nobody can say. */
export const useViewers = (channelId: Snowflake): Viewers | undefined => {
  const { viewers } = useGatewayParts()
  const read = () => viewers.get(channelId)
  return useSyncExternalStore(viewers.subscribe, read, read)
}

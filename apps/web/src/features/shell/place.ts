"use client"
import {
  type Bootstrap,
  can,
  type Channel,
  type GuildRules,
  type GuildSnapshot,
  type Permission,
  type Snowflake,
} from "@hearth/core"
import { useMemo } from "react"
import { useBootstrap } from "../gateway/index.ts"

export { useAddress } from "./address-provider.tsx"

const find = (b: Bootstrap, guildId: Snowflake | undefined) => b.guilds.find((g) => g.guild.id === guildId)

export const useGuild = (guildId: Snowflake | undefined): GuildSnapshot | undefined =>
  useBootstrap((b) => find(b, guildId))

export const useServers = (): readonly GuildSnapshot[] => {
  const guilds = useBootstrap((b) => b.guilds)
  return useMemo(() => guilds.filter((g) => !g.conversation), [guilds])
}

export const useChannel = (guildId: Snowflake | undefined, channelId: Snowflake | undefined): Channel | undefined =>
  useBootstrap((b) => find(b, guildId)?.channels.find((c) => c.id === channelId))

/** What core's pure functions need of a snapshot. */
export const rulesOf = ({ guild, roles }: GuildSnapshot): GuildRules => ({
  guildId: guild.id,
  ownerId: guild.ownerId,
  roles: roles.map((r) => ({ id: r.id, position: r.position, permissions: BigInt(r.permissions) })),
})

/** Whether the reader may do this in the guild. The server decides; this only says what is worth showing. */
export const useMay = (snapshot: GuildSnapshot | undefined): ((p: Permission) => boolean) => {
  const userId = useBootstrap((b) => b.me.id)
  if (!snapshot) return () => false
  const rules = rulesOf(snapshot)
  return (p) => can(rules, { userId, roleIds: snapshot.myRoleIds }, p)
}

/** A conversation and its channel bear one id. */
export const channelPath = (guildId: Snowflake, channelId: Snowflake): string =>
  guildId === channelId ? `/messages/${channelId}` : `/s/${guildId}/${channelId}`
export const catchUpPath = (channelId?: Snowflake): string => (channelId ? `/catch-up/${channelId}` : "/catch-up")
export const settingsPath = (guildId: Snowflake, page: "overview" | "channels" | "invites" | "members"): string =>
  `/s/${guildId}/settings/${page}`

const KEY = "hearth.last"
interface Last {
  guildId?: string
  channels: Record<string, string>
}

const readLast = (): Last => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null")
    if (typeof stored === "object" && stored !== null && "channels" in stored) return stored as Last
  } catch {
    // A browser that keeps nothing, or something odd in there: start anew.
  }
  return { channels: {} }
}

/** Remembers, in this browser, where one was last. */
export const rememberPlace = (guildId: Snowflake, channelId: Snowflake): void => {
  const last = readLast()
  try {
    localStorage.setItem(KEY, JSON.stringify({ guildId, channels: { ...last.channels, [guildId]: channelId } }))
  } catch {
    // Without storage one starts at the first channel.
  }
}

/** The channel to open in a guild: where one was last, or the first. */
export const entranceOf = ({ guild, channels }: GuildSnapshot): string => {
  const last = readLast().channels[guild.id]
  const channel = channels.find((c) => c.id === last) ?? channels[0]
  return channel ? channelPath(guild.id, channel.id) : `/s/${guild.id}`
}

/** Where the start leads: to the guild where one was last, or the first. Null: there is none. */
export const startOf = (guilds: readonly GuildSnapshot[]): string | null => {
  const last = readLast().guildId
  const snapshot = guilds.find((g) => g.guild.id === last) ?? guilds.find((g) => !g.conversation)
  return snapshot ? entranceOf(snapshot) : null
}

import type { Bootstrap, CatchUpItem, Channel, Snowflake } from "@hearth/core"
import { mentionsIn, unreadOf } from "../gateway/unread.ts"

/** What is left of one channel, as this browser knows it by now. */
export interface Entry {
  item: CatchUpItem
  channel: Channel
  server: string
  asks: number
  unread: number
}

/** What is left of what the server told: read, left and deleted channels are passed by. First what asks for the reader. */
export const entriesOf = (b: Bootstrap, items: readonly CatchUpItem[]): { asks: Entry[]; moved: Entry[] } => {
  const asks: Entry[] = []
  const moved: Entry[] = []
  const seen = new Set<Snowflake>()
  for (const item of items) {
    const home = b.guilds.find((g) => g.guild.id === item.guildId)
    const channel = home?.channels.find((c) => c.id === item.channelId)
    const unread = unreadOf(b, item.channelId)
    // Between two pages a channel may move from one part of the list to the other.
    if (!home || !channel || unread === 0 || seen.has(channel.id)) continue
    seen.add(channel.id)
    const entry = { item, channel, server: home.guild.name, asks: mentionsIn(b, channel.id), unread }
    ;(entry.asks > 0 ? asks : moved).push(entry)
  }
  return { asks, moved }
}

/** The one after or before; the ends stay where they are. Null: there is none. */
export const stepFrom = (all: readonly Entry[], channelId: Snowflake | undefined, by: 1 | -1): Entry | null => {
  const at = all.findIndex((e) => e.channel.id === channelId)
  return all[at === -1 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))] ?? null
}

/** Where one goes when this one is done: on, or back to what is left. */
export const afterDone = (all: readonly Entry[], channelId: Snowflake): Entry | null => {
  const at = all.findIndex((e) => e.channel.id === channelId)
  const left = all.filter((e) => e.channel.id !== channelId)
  return left[Math.min(Math.max(at, 0), left.length - 1)] ?? null
}

/** How many channels have something unread: also those that the list has not come to. */
export const unreadChannels = (b: Bootstrap): number =>
  b.guilds.reduce((n, g) => n + g.channels.filter((c) => unreadOf(b, c.id) > 0).length, 0)

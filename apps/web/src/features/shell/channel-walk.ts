import type { Bootstrap, Channel, GuildSnapshot, Snowflake } from "@hearth/core"
import { unreadOf } from "../gateway/unread.ts"

/** One step from here in a list that ends where it begins. Null: there is nowhere else to go. */
const step = <T>(all: readonly T[], at: number, by: 1 | -1, good: (item: T) => boolean): T | null => {
  const start = at === -1 && by === -1 ? 0 : at
  for (let i = 1; i <= all.length; i++) {
    const item = all[(start + by * i + all.length * 2) % all.length]
    if (item !== undefined && item !== all[at] && good(item)) return item
  }
  return null
}

/** The channel above or below in the server's list; of a conversation the one that was more or less lately spoken in. */
export const nextChannel = (b: Bootstrap, guildId: Snowflake, channelId: Snowflake, by: 1 | -1): Channel | null => {
  const home = b.guilds.find((g) => g.guild.id === guildId)
  const talks = home?.conversation && b.guilds.filter((g) => g.conversation && !g.conversation.pending).toReversed()
  const channels = talks?.flatMap((g) => g.channels) ?? home?.channels ?? []
  return step(
    channels,
    channels.findIndex((c) => c.id === channelId),
    by,
    () => true,
  )
}

/** The next channel with something new, in any server or conversation that one wants to hear of. */
export const nextUnread = (b: Bootstrap, channelId: Snowflake | undefined, by: 1 | -1): Channel | null => {
  const isQuiet = ({ conversation: talk }: GuildSnapshot) => talk && (talk.muted || talk.pending)
  const channels = b.guilds.flatMap((g) => (isQuiet(g) && g.guild.id !== channelId ? [] : g.channels))
  return step(
    channels,
    channels.findIndex((c) => c.id === channelId),
    by,
    (c) => unreadOf(b, c.id) > 0,
  )
}

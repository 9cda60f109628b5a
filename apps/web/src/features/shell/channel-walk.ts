import type { Bootstrap, Channel, GuildSnapshot, Snowflake } from "@hearth/core"
import { unreadOf } from "../gateway/unread.ts"
import { threadsLeft } from "../thread/left.ts"
import { threadPath } from "../thread/path.ts"
import type { Address } from "./address.ts"
import { channelPath } from "./place.ts"

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

/** A channel, or a thread in it. */
export interface Stop {
  guildId: Snowflake
  channelId: Snowflake
  threadId?: Snowflake
}

/** The next channel or thread with something new, in any server or conversation that one wants to hear of. Threads stand below the channel that they hang in. */
export const nextUnread = (
  b: Bootstrap,
  { channelId, threadId }: { channelId?: Snowflake | undefined; threadId?: Snowflake | undefined },
  by: 1 | -1,
): Stop | null => {
  const threads = threadsLeft(b)
  const isQuiet = ({ guild, conversation: talk }: GuildSnapshot) =>
    talk && (talk.muted || talk.pending) && guild.id !== channelId
  const stops = b.guilds.flatMap((g) =>
    (isQuiet(g) ? [] : g.channels).flatMap(({ id, guildId }): Stop[] => [
      { guildId, channelId: id },
      ...threads.flatMap((t) => (t.channelId === id ? { guildId, channelId: id, threadId: t.id } : [])),
    ]),
  )
  const thread = stops.findIndex((s) => threadId !== undefined && s.threadId === threadId)
  const at = thread === -1 ? stops.findIndex((s) => s.channelId === channelId) : thread
  return step(stops, at, by, (s) => s.threadId !== undefined || unreadOf(b, s.channelId) > 0)
}

/** Where one step from an address leads: to the next channel of its server, or to the next place with something new. */
export const pathFrom = (
  b: Bootstrap,
  { guildId, channelId, thread }: Address,
  by: 1 | -1,
  toUnread: boolean,
): string | null => {
  if (toUnread) {
    const stop = nextUnread(b, { channelId, threadId: thread?.id }, by)
    if (!stop) return null
    return stop.threadId
      ? threadPath(stop.guildId, stop.channelId, stop.threadId)
      : channelPath(stop.guildId, stop.channelId)
  }
  const next = guildId && channelId ? nextChannel(b, guildId, channelId, by) : null
  return next && channelPath(next.guildId, next.id)
}

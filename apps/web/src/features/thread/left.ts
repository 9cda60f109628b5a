import type { Bootstrap, Snowflake } from "@hearth/core"
import { mentionsIn } from "../gateway/unread.ts"

export interface ThreadLeft {
  id: Snowflake
  guildId: Snowflake
  channelId: Snowflake
  /** How many of its unread messages address the reader. */
  asks: number
}

/** Threads of servers with something unread: those that address the reader, followed or not, then those that they follow. */
export const threadsLeft = (b: Bootstrap): ThreadLeft[] => {
  const left = new Map<Snowflake, ThreadLeft>()
  for (const [id, channelId] of Object.entries(b.parents ?? {})) {
    const asks = mentionsIn(b, id)
    const home = b.guilds.find((g) => !g.conversation && g.channels.some((c) => c.id === channelId))
    if (asks > 0 && home) left.set(id, { id, guildId: home.guild.id, channelId, asks })
  }
  for (const { id, guildId, channelId } of b.threads ?? [])
    if (!left.has(id) && guildId !== channelId) left.set(id, { id, guildId, channelId, asks: 0 })
  return [...left.values()]
}

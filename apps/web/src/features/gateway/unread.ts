import type { Bootstrap, GuildSnapshot, Snowflake } from "@hearth/core"

// One a snapshot's list, which is never changed in place: 500 rows ask for their mark whenever a message comes.
const indexes = new WeakMap<Bootstrap["readStates"], ReadonlyMap<Snowflake, number>>()

/** How far one has read a channel, or a thread. */
export const lastReadOf = ({ readStates }: Pick<Bootstrap, "readStates">, channelId: Snowflake): number => {
  let index = indexes.get(readStates)
  if (!index) {
    index = new Map(readStates.map((r) => [r.channelId, r.lastReadSeq]))
    indexes.set(readStates, index)
  }
  return index.get(channelId) ?? 0
}

/** How many unread messages of a channel, or of a thread, address the reader. */
export const mentionsIn = (b: Bootstrap, id: Snowflake): number => {
  const seqs = b.mentions?.[id]
  if (!seqs) return 0
  const read = lastReadOf(b, id)
  return seqs.filter((seq) => seq > read).length
}

const withThreads = (b: Bootstrap, channelId: Snowflake): number => {
  let n = mentionsIn(b, channelId)
  for (const id in b.parents) if (b.parents[id] === channelId) n += mentionsIn(b, id)
  return n
}

/** What was not let in yet, and what one wants to hear nothing of, counts nowhere. */
const isQuiet = ({ conversation: talk }: GuildSnapshot): boolean => talk !== undefined && (talk.muted || talk.pending)

/** The same of a channel with its threads. A conversation has the id of its channel. */
export const mentionsOf = (b: Bootstrap, channelId: Snowflake): number => {
  const talk = b.guilds.find((g) => g.guild.id === channelId)
  return talk && isQuiet(talk) ? 0 : withThreads(b, channelId)
}

/** The same in all channels, in those of one server, or in either servers or conversations. */
export const allMentionsOf = (b: Bootstrap, of?: Snowflake | "servers" | "conversations"): number => {
  if (!b.mentions) return 0
  let n = 0
  for (const g of b.guilds) {
    const isMeant = of === undefined || g.guild.id === of || of === (g.conversation ? "conversations" : "servers")
    if (isMeant && !isQuiet(g)) for (const { id } of g.channels) n += withThreads(b, id)
  }
  return n
}

/** How many messages of a channel were not read, less those that were deleted. */
export const unreadOf = (b: Pick<Bootstrap, "readStates" | "heads" | "deleted">, channelId: Snowflake): number => {
  const [head, read] = [b.heads[channelId] ?? 0, lastReadOf(b, channelId)]
  const gone = b.deleted?.[channelId]?.filter((seq) => seq > read && seq <= head) ?? []
  return Math.max(0, head - read - gone.length)
}

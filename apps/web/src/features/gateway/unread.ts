import type { Bootstrap, Snowflake } from "@hearth/core"

// One a snapshot's list, which is never changed in place: 500 rows ask for their mark whenever a message comes.
const indexes = new WeakMap<Bootstrap["readStates"], ReadonlyMap<Snowflake, number>>()

const lastReadOf = ({ readStates }: Pick<Bootstrap, "readStates">, channelId: Snowflake): number => {
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

/** What was not let in yet, and what one wants to hear nothing of, counts nowhere. A conversation has the id of its channel. */
const isQuiet = (b: Bootstrap, id: Snowflake): boolean => {
  const talk = b.guilds.find((g) => g.guild.id === id)?.conversation
  return talk !== undefined && (talk.muted || talk.pending)
}

/** The same of a channel with its threads. */
export const mentionsOf = (b: Bootstrap, channelId: Snowflake): number => {
  if (isQuiet(b, channelId)) return 0
  let n = mentionsIn(b, channelId)
  for (const id in b.parents) if (b.parents[id] === channelId) n += mentionsIn(b, id)
  return n
}

/** The same in all channels, in those of one server, or in either servers or conversations. */
export const allMentionsOf = (b: Bootstrap, of?: Snowflake | "servers" | "conversations"): number => {
  let n = 0
  if (b.mentions)
    for (const { guild, channels, conversation } of b.guilds)
      if (of === undefined || guild.id === of || of === (conversation ? "conversations" : "servers"))
        for (const { id } of channels) n += mentionsOf(b, id)
  return n
}

/** How many messages of a channel were not read, less those that were deleted. */
export const unreadOf = (b: Pick<Bootstrap, "readStates" | "heads" | "deleted">, channelId: Snowflake): number => {
  const [head, read] = [b.heads[channelId] ?? 0, lastReadOf(b, channelId)]
  const gone = b.deleted?.[channelId]?.filter((seq) => seq > read && seq <= head) ?? []
  return Math.max(0, head - read - gone.length)
}

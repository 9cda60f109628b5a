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

/** How many messages of a channel were not read. */
export const unreadOf = (b: Pick<Bootstrap, "readStates" | "heads">, channelId: Snowflake): number =>
  Math.max(0, (b.heads[channelId] ?? 0) - lastReadOf(b, channelId))

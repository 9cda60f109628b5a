import { compareSnowflakes, MAX_VIEWERS, type Snowflake } from "@hearth/core"

/** What a node says of a channel: how many people have it open there, and who, up to a bound. */
export interface Listed {
  count: number
  userIds: readonly Snowflake[]
}
/** So many names a node tells the others for one channel: up to here people are counted, not guessed. */
export const MAX_LISTED = 64

/**
 * People over all nodes. Whoever is on two nodes counts once as long as one of the two has named them; of those whom nobody named,
 * somebody may count twice. `hidden` are left out. The sample is the same on every node that knows the same.
 */
export const countViewers = (
  here: Iterable<Snowflake>,
  elsewhere: Iterable<Listed>,
  hidden: Iterable<Snowflake> = [],
): Listed => {
  const people = new Set(here)
  let unnamed = 0
  for (const { count, userIds } of elsewhere) {
    for (const userId of userIds) people.add(userId)
    unnamed += Math.max(0, count - userIds.length)
  }
  for (const userId of hidden) people.delete(userId)
  return { count: people.size + unnamed, userIds: smallest(people) }
}

const smallest = (people: ReadonlySet<Snowflake>): Snowflake[] => {
  if (people.size <= MAX_LISTED) return [...people].sort(compareSnowflakes).slice(0, MAX_VIEWERS)
  const found: Snowflake[] = []
  for (const id of people) {
    const last = found.at(-1)
    if (found.length === MAX_VIEWERS && last !== undefined && compareSnowflakes(id, last) > 0) continue
    found.push(id)
    found.sort(compareSnowflakes)
    found.length = Math.min(found.length, MAX_VIEWERS)
  }
  return found
}

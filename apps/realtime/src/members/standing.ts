import type { Snowflake } from "@hearth/core"

/** In which of some lists people stand. Most stand in one, which costs no set of its own: there may be half a million of them. */
export const createStanding = <T extends object>() => {
  const standing = new Map<Snowflake, T | Set<T>>()
  const NONE: readonly T[] = []
  return {
    enter(userId: Snowflake, list: T): void {
      const those = standing.get(userId)
      if (those === undefined) standing.set(userId, list)
      else if (those instanceof Set) those.add(list)
      else if (those !== list) standing.set(userId, new Set([those, list]))
    },
    leave(userId: Snowflake, list: T): void {
      const those = standing.get(userId)
      if (those === list) standing.delete(userId)
      else if (those instanceof Set && those.delete(list) && those.size === 0) standing.delete(userId)
    },
    has: (userId: Snowflake): boolean => standing.has(userId),
    of(userId: Snowflake): Iterable<T> {
      const those = standing.get(userId)
      return those === undefined ? NONE : those instanceof Set ? those : [those]
    },
    userIds: (): IterableIterator<Snowflake> => standing.keys(),
  }
}

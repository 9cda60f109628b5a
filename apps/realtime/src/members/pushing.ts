import type { MemberSlice, Snowflake } from "@hearth/core"
import type { AccessCache } from "@hearth/db/access"
import type { List, Range, Watcher } from "./list.ts"
import type { MemberIndex } from "./member-index.ts"

export interface PushingDeps {
  hiddenFrom: AccessCache["hiddenFrom"]
  fresh: () => boolean
  clock: () => number
  /** Between two packets of one guild. */
  pushMs: number
}

interface Made {
  slice: MemberSlice
  rows: string
  head: string
}

const make = ({ guildId }: List, index: MemberIndex, [from, count]: Range, hidden?: ReadonlySet<Snowflake>): Made => {
  const slice = { guildId, ...index.slice(from, count, hidden) }
  return { slice, rows: JSON.stringify(slice.rows), head: JSON.stringify([slice.groups, slice.total]) }
}

/**
 * What of a list goes to whom. In a large server somebody comes or goes all the time, which changes how many are here and, mostly, no
 * row that one looks at: then the counts go alone.
 */
export const createPushing = ({ hiddenFrom, fresh, clock, pushMs }: PushingDeps) => {
  /** Who shows nothing of themselves to that person in that list. */
  const hiddenIn = (list: List, userId: Snowflake): ReadonlySet<Snowflake> | undefined => {
    const hidden = hiddenFrom(userId)
    return list.reserved.size === 0 ? hidden : new Set([...list.reserved, ...(hidden ?? [])])
  }

  const schedule = (list: List): void => {
    if (list.watchers.size === 0) return
    list.pushTimer ??= setTimeout(() => push(list), Math.max(0, list.pushedAt + pushMs - clock())).unref()
  }
  const push = (list: List): void => {
    list.pushTimer = undefined
    // When nothing comes of it, the next look need not wait for long.
    list.pushedAt = clock() - pushMs * 0.9
    const { index } = list
    if (!index) return
    if (list.regrouping || !fresh()) return schedule(list)
    // Most look at the same ranks.
    const shared = new Map<string, Made>()
    for (const { connection, ranges, sent, answering } of list.watchers.values()) {
      if (answering || connection.ended) continue
      const slices: MemberSlice[] = []
      const hidden = hiddenIn(list, connection.userId)
      for (const range of ranges) {
        const key = range.join()
        let made = hidden ? undefined : shared.get(key)
        if (!made) {
          made = make(list, index, range, hidden)
          if (!hidden) shared.set(key, made)
        }
        const { slice, rows, head } = made
        const before = sent.get(key)
        if (before?.rows === rows && before.head === head) continue
        sent.set(key, { rows, head })
        slices.push(before?.rows === rows ? { ...slice, rows: [] } : slice)
      }
      if (slices.length === 0) continue
      list.pushedAt = clock()
      connection.socket.emit("members:changed", { slices })
    }
  }

  return {
    schedule,
    /** All that somebody asked for. */
    answer(list: List, index: MemberIndex, { connection, ranges, sent }: Watcher): MemberSlice[] {
      const hidden = hiddenIn(list, connection.userId)
      return ranges.map((range) => {
        const { slice, rows, head } = make(list, index, range, hidden)
        sent.set(range.join(), { rows, head })
        return slice
      })
    },
  }
}

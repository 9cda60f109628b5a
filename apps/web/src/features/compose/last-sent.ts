import type { Snowflake } from "@hearth/core"

type Store = Pick<Storage, "getItem" | "setItem">
type Times = Record<Snowflake, number>

const KEPT = 50

const read = (key: string, storage: () => Store): Times => {
  try {
    const stored: unknown = JSON.parse(storage().getItem(key) ?? "null")
    if (typeof stored !== "object" || stored === null) return {}
    return Object.fromEntries(Object.entries(stored).filter(([, at]) => typeof at === "number"))
  } catch {
    return {}
  }
}

/** When somebody last sent something in a channel with slow mode, as far as this browser knows. A reload forgets no turn. */
export const createLastSent = (userId: Snowflake, storage: () => Store = () => localStorage) => {
  const key = `hearth.sent.${userId}`
  return {
    of: (channelId: Snowflake): number | undefined => read(key, storage)[channelId],
    note: (channelId: Snowflake, at: number): void => {
      const times = read(key, storage)
      if ((times[channelId] ?? 0) >= at) return
      const newest = Object.entries({ ...times, [channelId]: at }).sort(([, a], [, b]) => b - a)
      try {
        storage().setItem(key, JSON.stringify(Object.fromEntries(newest.slice(0, KEPT))))
      } catch {
        // A browser that keeps nothing: then it holds until the next reload.
      }
    },
  }
}

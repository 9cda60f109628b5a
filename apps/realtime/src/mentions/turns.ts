import type { Snowflake } from "@hearth/core"

export interface Turns {
  /** This channel is worked through soon; again, when it is being worked through now. */
  take(channelId: Snowflake): void
  /** Begins nothing new. Resolves when nothing is under way. */
  close(): Promise<void>
}

/**
 * Works through channels, a few at once, each by one at a time. Who comes while a channel is worked through brings one more
 * round of it: what they speak of may have been stored after it was read.
 */
export const createTurns = (work: (channelId: Snowflake) => Promise<"done" | "more">, atOnce: number): Turns => {
  const waiting = new Set<Snowflake>()
  const under = new Set<Snowflake>()
  const again = new Set<Snowflake>()
  let closed = false
  let idle = (): void => {}

  const run = async (channelId: Snowflake): Promise<void> => {
    under.add(channelId)
    const end = await work(channelId)
    under.delete(channelId)
    // At the end of the line: one long channel does not keep the others waiting.
    if (again.delete(channelId) || end === "more") waiting.add(channelId)
    next()
  }

  const next = (): void => {
    if (closed) {
      if (under.size === 0) idle()
      return
    }
    for (const channelId of waiting) {
      if (under.size >= atOnce) return
      waiting.delete(channelId)
      void run(channelId)
    }
  }

  return {
    take(channelId) {
      if (under.has(channelId)) again.add(channelId)
      else waiting.add(channelId)
      next()
    },
    close() {
      closed = true
      waiting.clear()
      return new Promise((resolve) => {
        idle = resolve
        next()
      })
    },
  }
}

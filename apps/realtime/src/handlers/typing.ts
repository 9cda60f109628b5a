import { channelRoom, type Snowflake } from "@hearth/core"
import type { AccessCache } from "@hearth/db/access"
import type { Handlers, Publish } from "../connection.ts"
import { isHidden } from "../presence/chosen.ts"
import type { Timings } from "../timings.ts"
import { requireChannel } from "./messages.ts"

/**
 * Ephemeral: at most one in a while for each person and channel, to those who look at it, and lost without regret. A message
 * ends it for who looks, so what its author types next is told at once. Of who is invisible nothing is told.
 */
export const createTyping = (deps: {
  access: AccessCache
  publish: Publish
  timings: Timings
  clock: () => number
}) => {
  const { access, publish, timings, clock } = deps
  const last = new Map<string, number>()
  const keyOf = (channelId: Snowflake, userId: Snowflake): string => `${channelId}:${userId}`
  const handlers = {
    "typing:start"({ channelId }, connection) {
      requireChannel(access, connection, channelId, "SEND_MESSAGES")
      // Whoever is not there does not type.
      if (isHidden(connection)) return {}
      const { userId } = connection
      const now = clock()
      const key = keyOf(channelId, userId)
      if (now - (last.get(key) ?? Number.NEGATIVE_INFINITY) < timings.typing) return {}
      // In order of insertion, so the oldest are first.
      last.delete(key)
      for (const [old, at] of last) {
        if (now - at < timings.typing) break
        last.delete(old)
      }
      last.set(key, now)
      publish(channelRoom(channelId), "typing:started", { channelId, userId }, { volatile: true })
      return {}
    },
  } satisfies Partial<Handlers>
  return {
    handlers,
    /** A message of theirs was stored. */
    sent(channelId: Snowflake, userId: Snowflake): void {
      last.delete(keyOf(channelId, userId))
    },
  }
}

import type { EventPayload, Presence, Snowflake, StatusLine } from "@hearth/core"
import { createSignal } from "./emitter.ts"
import type { GatewayClient } from "./gateway-client.ts"

const SETTLE_MS = 150
const MAX_WATCHED = 200
/** How many are remembered: whoever scrolls back sees them as they were. */
const MAX_KNOWN = 1_000

/** What somebody says of themselves, and when that was heard: it holds for so long from then on. */
export interface HeardLine extends StatusLine {
  at: number
}

/** Who is on screen now, told to the gateway as one set, and what it says of them. */
export const createPresenceWatch = (client: Pick<GatewayClient, "request" | "on" | "onOnline">) => {
  const changed = createSignal()
  const onScreen = new Map<Snowflake, number>()
  let presences: ReadonlyMap<Snowflake, Presence> = new Map()
  const lines = new Map<Snowflake, HeardLine | null>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let sent = ""

  const merge = ({ presences: news, statuses = {} }: EventPayload<"presence:changed">) => {
    if (presences.size > MAX_KNOWN) {
      presences = new Map([...presences].filter(([id]) => onScreen.has(id)))
      for (const id of lines.keys()) if (!onScreen.has(id)) lines.delete(id)
    }
    presences = new Map([...presences, ...Object.entries(news)])
    for (const [id, line] of Object.entries(statuses)) lines.set(id, line && { ...line, at: Date.now() })
    changed.notify()
  }

  const send = async () => {
    timer = undefined
    // The newest on screen come last in the map.
    const userIds = [...onScreen.keys()].slice(-MAX_WATCHED).sort()
    const key = userIds.join()
    if (key === sent) return
    sent = key
    try {
      const answer = await client.request("presence:watch", { userIds })
      // Who is not in the answer may not be watched any more.
      presences = new Map([...presences].filter(([id]) => !userIds.includes(id)))
      for (const id of userIds) lines.delete(id)
      merge(answer)
    } catch {
      sent = ""
    }
  }

  const schedule = () => {
    timer ??= setTimeout(() => void send(), SETTLE_MS)
  }

  const offs = [
    client.on("presence:changed", merge),
    client.onOnline(() => {
      sent = ""
      if (onScreen.size > 0) schedule()
    }),
  ]

  return {
    /** Returns how to stop watching. */
    watch: (userId: Snowflake) => {
      onScreen.set(userId, (onScreen.get(userId) ?? 0) + 1)
      schedule()
      return () => {
        const left = (onScreen.get(userId) ?? 1) - 1
        if (left > 0) onScreen.set(userId, left)
        else onScreen.delete(userId)
        schedule()
      }
    },
    get: (userId: Snowflake) => presences.get(userId),
    line: (userId: Snowflake) => lines.get(userId) ?? null,
    subscribe: changed.subscribe,
    stop: () => {
      clearTimeout(timer)
      for (const off of offs) off()
    },
  }
}
export type PresenceWatch = ReturnType<typeof createPresenceWatch>

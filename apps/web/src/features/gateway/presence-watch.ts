import type { EventPayload, Shown, Snowflake, StatusLine } from "@hearth/core"
import { createSignal } from "./emitter.ts"
import type { GatewayClient } from "./gateway-client.ts"

const SETTLE_MS = 150
const RETRY_MS = 5_000
const MAX_WATCHED = 200
/** So many of those who were on screen are remembered: whoever comes back to them sees at once how they were. */
const MAX_LEFT = 500

/** What somebody says of themselves, and when that was heard: it holds for so long from then on. */
export interface HeardLine extends StatusLine {
  at: number
}

/** Who is on screen now, told to the gateway as one set, and what it says of them. */
export const createPresenceWatch = (client: Pick<GatewayClient, "request" | "on" | "onOnline" | "connection">) => {
  const changed = createSignal()
  const onScreen = new Map<Snowflake, number>()
  let presences: ReadonlyMap<Snowflake, Shown> = new Map()
  const lines = new Map<Snowflake, HeardLine | null>()
  /** Who was on screen and is not, who left longest ago first. */
  const left = new Set<Snowflake>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let on = true
  /** null: nobody knows what the gateway has. */
  let sent: string | null = ""

  const merge = ({ presences: news, statuses = {}, phones = [] }: EventPayload<"presence:changed">) => {
    presences = new Map([...presences, ...Object.entries(news), ...phones.map((id) => [id, "phone"] as const)])
    for (const [id, line] of Object.entries(statuses)) lines.set(id, line && { ...line, at: Date.now() })
    changed.notify()
  }

  const send = async () => {
    timer = undefined
    forget()
    // The newest on screen come last in the map.
    const ids = [...onScreen.keys()]
    const userIds = ids.slice(-MAX_WATCHED).sort()
    const key = userIds.join()
    if (key === sent) return
    clearTimeout(again)
    sent = key
    // Of whom nothing is heard any more nothing is known, although they are on screen.
    const unheard = ids.slice(0, -MAX_WATCHED)
    if (unheard.length > 0) {
      drop(unheard)
      changed.notify()
    }
    try {
      const answer = await client.request("presence:watch", { userIds })
      // Who is not in the answer may not be watched any more; of the others something may have come meanwhile.
      drop([...unheard, ...userIds])
      merge(answer)
    } catch {
      if (!on || sent !== key) return
      sent = null
      // Without a connection the next one asks again; whatever else it was may pass.
      again = setTimeout(() => client.connection().status === "online" && schedule(), RETRY_MS)
    }
  }

  const drop = (userIds: readonly Snowflake[]) => {
    const gone = new Set(userIds)
    presences = new Map([...presences].filter(([id]) => !gone.has(id)))
    for (const id of gone) lines.delete(id)
  }

  const forget = () => {
    for (const id of left) if (left.size > MAX_LEFT) left.delete(id)
    if (presences.size <= MAX_LEFT + onScreen.size) return
    const isKept = (id: Snowflake) => onScreen.has(id) || left.has(id)
    presences = new Map([...presences].filter(([id]) => isKept(id)))
    for (const id of lines.keys()) if (!isKept(id)) lines.delete(id)
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
      left.delete(userId)
      schedule()
      return () => {
        const others = (onScreen.get(userId) ?? 1) - 1
        if (others > 0) onScreen.set(userId, others)
        else {
          onScreen.delete(userId)
          left.add(userId)
        }
        schedule()
      }
    },
    get: (userId: Snowflake) => presences.get(userId),
    line: (userId: Snowflake) => lines.get(userId) ?? null,
    subscribe: changed.subscribe,
    stop: () => {
      on = false
      clearTimeout(timer)
      clearTimeout(again)
      for (const off of offs) off()
    },
  }
}
export type PresenceWatch = ReturnType<typeof createPresenceWatch>

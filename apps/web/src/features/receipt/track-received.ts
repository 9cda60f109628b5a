import { AppError, type Bootstrap, errorCodes, type Snowflake } from "@hearth/core"
import { comeBackIn } from "../gateway/backoff.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"
import { lastReadOf } from "../gateway/unread.ts"

const INTERVAL_MS = 1_000

/** Heads of conversations with something unread: what was read is known to have arrived. What was not let in yet says nothing. */
const arrivedIn = (b: Bootstrap): [Snowflake, number][] =>
  b.guilds.flatMap(({ guild: { id }, conversation }): [Snowflake, number][] => {
    const head = b.heads[id] ?? 0
    return conversation && !conversation.pending && head > lastReadOf(b, id) ? [[id, head]] : []
  })

/**
 * Tells the gateway what this device knows of: at most one packet a second for all conversations, and all of it anew on the next
 * connection. Returns how to stop.
 */
export const trackReceived = (
  client: Pick<GatewayClient, "request" | "snapshot" | "subscribe" | "connection" | "onOnline">,
  now: () => number = Date.now,
) => {
  const told = new Map<Snowflake, number>()
  let seen: Bootstrap | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let nextAt = 0
  let busy = false
  let failed = 0
  let on = true

  const untold = (): [Snowflake, number][] => {
    const snapshot = client.snapshot()
    return snapshot ? arrivedIn(snapshot).filter(([id, head]) => head > (told.get(id) ?? 0)) : []
  }

  const send = async () => {
    timer = undefined
    const arrived = untold()
    if (!on || busy || arrived.length === 0 || client.connection().status !== "online") return
    busy = true
    nextAt = now() + INTERVAL_MS
    try {
      await client.request("receipts:mark", { delivered: Object.fromEntries(arrived) })
      failed = 0
      for (const [id, head] of arrived) told.set(id, head)
    } catch (error) {
      // What is refused for good is not said again.
      if (error instanceof AppError && errorCodes[error.code].retry)
        nextAt = now() + Math.max(INTERVAL_MS, comeBackIn(error, failed++))
      else for (const [id, head] of arrived) told.set(id, head)
    }
    busy = false
    look()
  }

  const look = () => {
    if (!on || busy || timer !== undefined || untold().length === 0) return
    const wait = nextAt - now()
    if (wait <= 0) void send()
    else timer = setTimeout(send, wait)
  }

  const offs = [
    client.subscribe(() => {
      const snapshot = client.snapshot()
      const same =
        seen?.heads === snapshot?.heads &&
        seen?.guilds === snapshot?.guilds &&
        seen?.readStates === snapshot?.readStates
      seen = snapshot
      if (!same) look()
    }),
    client.onOnline(() => {
      told.clear()
      look()
    }),
  ]
  return () => {
    on = false
    clearTimeout(timer)
    for (const off of offs) off()
  }
}

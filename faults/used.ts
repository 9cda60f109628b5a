import type { HistoryEvent } from "./history.ts"

/**
 * How long it took, after what was broken was well again, until each of these clients had an ack. Null: there was no fault, or
 * somebody never had one.
 */
export const usedAfter = (events: readonly HistoryEvent[], clients: readonly string[]): number | null => {
  const healed = events.find((event) => event.type === "fault" && event.stage === "healed")
  if (!healed) return null
  const missing = new Set(clients)
  for (const event of events) {
    if (event.type !== "ack" || event.at < healed.at) continue
    missing.delete(event.client)
    if (missing.size === 0) return Math.round(event.at - healed.at)
  }
  return null
}

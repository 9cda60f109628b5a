import type { Presence } from "@hearth/core"

/** "Do not disturb" is a wish and beats all; then who is here beats who is away from the keys. Nobody reports "unknown". */
const weight: Record<Presence, number> = { offline: 0, unknown: 0, idle: 1, online: 2, dnd: 3 }

export const strongest = (presences: Iterable<Presence>): Presence => {
  let best: Presence = "offline"
  for (const presence of presences) if (weight[presence] > weight[best]) best = presence
  return best
}

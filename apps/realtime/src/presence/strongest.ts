import type { Presence, Shown, Snowflake } from "@hearth/core"

/**
 * "Do not disturb" is a wish and beats all; then who is here beats who is away from the keys, and of those who are here a desk
 * beats a phone. Nobody reports "unknown".
 */
const weight: Record<Shown, number> = { offline: 0, unknown: 0, idle: 1, phone: 2, online: 3, dnd: 4 }

export const strongest = (all: Iterable<Shown>): Shown => {
  let best: Shown = "offline"
  for (const shown of all) if (weight[shown] > weight[best]) best = shown
  return best
}

/** As the wire and lists say it: with a phone one is no less here. */
export const presenceOf = (shown: Shown): Presence => (shown === "phone" ? "online" : shown)
export const toPresences = (known: ReadonlyMap<Snowflake, Shown>): Map<Snowflake, Presence> =>
  new Map([...known].map(([id, shown]) => [id, presenceOf(shown)]))

type Said = "online" | "idle" | "dnd"
/** What a device says, with what it is: away from it, and not to be disturbed, is the same everywhere. */
export const reportedAt = ({ phone }: { phone: boolean }, said: Said): Said | "phone" =>
  phone && said === "online" ? "phone" : said

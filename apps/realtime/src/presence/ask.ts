import type { Presence, Shown, Snowflake } from "@hearth/core"
import { EpochLost, type SharedState } from "../ports.ts"
import type { Registration } from "../shared-state/registration.ts"

export type Away = Extract<Presence, "offline" | "unknown">

/** How people are. Never rejects: while nobody can tell, they are unknown, but for those who are connected to this node. */
export const createAsk = (deps: {
  sharedState: SharedState
  registration: Registration
  ofOwn: (userId: Snowflake) => Shown | undefined
}) => {
  const { sharedState, registration, ofOwn } = deps
  const unlessKnown = (userIds: Iterable<Snowflake>) =>
    [...userIds].map((id) => [id, ofOwn(id) ?? ("unknown" as const)] as const)

  return async (userIds: readonly Snowflake[]): Promise<{ known: Map<Snowflake, Shown>; away: Away }> => {
    if (registration.healthy())
      try {
        const known = await sharedState.presences(userIds, registration.node())
        if (registration.settled()) return { known, away: "offline" }
        const missing = [...known.keys()].filter((id) => known.get(id) === "offline")
        for (const [id, shown] of unlessKnown(missing)) known.set(id, shown)
        return { known, away: "unknown" }
      } catch (error) {
        // As if it were known to be away.
        if (error instanceof EpochLost) void registration.check()
      }
    return { known: new Map(unlessKnown(userIds)), away: "unknown" }
  }
}

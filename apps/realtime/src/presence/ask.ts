import type { Presence, Snowflake } from "@hearth/core"
import { EpochLost, type SharedState } from "../ports.ts"
import type { Registration } from "../shared-state/registration.ts"

export type Away = Extract<Presence, "offline" | "unknown">

/** How people are. Never rejects: while nobody can tell, they are unknown, but for those who are connected to this node. */
export const createAsk = (deps: {
  sharedState: SharedState
  registration: Registration
  ofOwn: (userId: Snowflake) => Presence | undefined
}) => {
  const { sharedState, registration, ofOwn } = deps
  const unlessKnown = (userIds: Iterable<Snowflake>) =>
    [...userIds].map((id) => [id, ofOwn(id) ?? ("unknown" as const)] as const)

  return async (userIds: readonly Snowflake[]): Promise<{ presences: Map<Snowflake, Presence>; away: Away }> => {
    if (registration.healthy())
      try {
        const presences = await sharedState.presences(userIds, registration.node())
        if (registration.settled()) return { presences, away: "offline" }
        const missing = [...presences.keys()].filter((id) => presences.get(id) === "offline")
        for (const [id, presence] of unlessKnown(missing)) presences.set(id, presence)
        return { presences, away: "unknown" }
      } catch (error) {
        // As if it were known to be away.
        if (error instanceof EpochLost) void registration.check()
      }
    return { presences: new Map(unlessKnown(userIds)), away: "unknown" }
  }
}

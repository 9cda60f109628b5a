import type { Listed, Snowflake } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"

export interface InvitedDeps {
  invites(input: { guildId: Snowflake; limit: number }): Promise<Listed<unknown>>
  members(input: { guildId: Snowflake; limit: number }): Promise<Listed<unknown>>
}

/** Whether somebody was invited to a server: an invite works, or somebody has come. Looked up when there is reason to. */
export const createInvited = ({ invites, members }: InvitedDeps) => {
  const changed = createSignal()
  const known = new Set<Snowflake>()
  const tell = (guildId: Snowflake) => {
    known.add(guildId)
    changed.notify()
  }
  return {
    has: (guildId: Snowflake) => known.has(guildId),
    subscribe: changed.subscribe,
    /** It is known already. */
    tell,
    look: async (guildId: Snowflake): Promise<void> => {
      try {
        const found = await Promise.all([invites({ guildId, limit: 1 }), members({ guildId, limit: 2 })])
        if (found[0].items.length > 0 || found[1].items.length > 1) tell(guildId)
      } catch {
        // It stays open, and is looked for again the next time.
      }
    },
  }
}

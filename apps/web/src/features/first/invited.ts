import type { Listed, Snowflake } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"

export interface InvitedDeps {
  invites(input: { guildId: Snowflake; limit: number }): Promise<Listed<unknown>>
  members(input: { guildId: Snowflake; limit: number }): Promise<Listed<unknown>>
}

/** Whether somebody was invited to a server: an invite works, or somebody has come. Looked up when there is reason to. */
export const createInvited = ({ invites, members }: InvitedDeps) => {
  const changed = createSignal()
  const known = new Map<Snowflake, boolean>()
  const set = (guildId: Snowflake, invited: boolean) => {
    known.set(guildId, invited)
    changed.notify()
  }
  return {
    /** Undefined: nobody has looked yet. */
    get: (guildId: Snowflake): boolean | undefined => known.get(guildId),
    subscribe: changed.subscribe,
    /** It is known already. */
    tell: (guildId: Snowflake) => set(guildId, true),
    look: async (guildId: Snowflake): Promise<void> => {
      try {
        const found = await Promise.all([invites({ guildId, limit: 1 }), members({ guildId, limit: 2 })])
        set(guildId, found[0].items.length > 0 || found[1].items.length > 1)
      } catch {
        // It stays open, and is looked for again the next time.
      }
    },
  }
}

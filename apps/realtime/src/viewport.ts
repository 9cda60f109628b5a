import type { Feature } from "./connection.ts"
import type { FeatureContext } from "./gateway.ts"
import { createMemberLists, type MemberListOptions } from "./members/member-lists.ts"
import type { Bus, SharedState } from "./ports.ts"
import type { PresenceOptions } from "./presence/options.ts"
import { createPresence } from "./presence/presence.ts"
import type { Registration } from "./shared-state/registration.ts"

export interface ViewportDeps {
  sharedState: SharedState
  registration: Registration
  bus: Bus
  options?: { presence?: PresenceOptions; members?: MemberListOptions }
}

/** What a client has on its screen now: people's presence and slices of member lists. One of the gateway's features. */
export const createViewport =
  ({ sharedState, registration, bus, options = {} }: ViewportDeps) =>
  (context: FeatureContext): Feature => {
    const presence = createPresence({ ...context, sharedState, registration, bus, options: options.presence })
    const members = createMemberLists({ ...context, presence, options: options.members })
    return {
      handlers: { ...presence.handlers, ...members.handlers },
      opened: (connection) => presence.opened?.(connection),
      closed(connection) {
        members.closed?.(connection)
        presence.closed?.(connection)
      },
      membershipChanged: (userId, guildId) => members.membershipChanged?.(userId, guildId),
      changed(row) {
        presence.changed?.(row)
        members.changed?.(row)
      },
      missed() {
        presence.missed?.()
        members.missed?.()
      },
      async close() {
        await members.close?.()
        await presence.close?.()
      },
    }
  }

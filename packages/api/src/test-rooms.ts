import { type Audience, type Bootstrap, computePermissions, guildRoom, has, userRoom, viewersRoom } from "@hearth/core"
import type { OutboxRow } from "@hearth/db"

/**
 * Whether what the outbox tells reaches a person, by what they know. The gateway has its own rooms, kept by its own cache;
 * this says the same from the other side, and tests hold the services to it.
 */
export const reaches = (state: Bootstrap, row: Pick<OutboxRow, "audience" | "payload">): boolean => {
  if (row.audience === "everyone" || row.audience === userRoom(state.me.id)) return true
  return state.guilds.some(
    ({ guild, channels }) =>
      row.audience === guildRoom(guild.id) ||
      channels.some((c) => row.audience === viewersRoom(c.id)) ||
      gains(state, row.audience, row.payload),
  )
}

/** A channel that is new to them, and theirs to see. */
const gains = (state: Bootstrap, audience: Audience, payload: unknown): boolean => {
  const channel = payload as Partial<Bootstrap["guilds"][number]["channels"][number]>
  if (!channel.id || !channel.guildId || !channel.overwrites || audience !== viewersRoom(channel.id)) return false
  const snapshot = state.guilds.find((g) => g.guild.id === channel.guildId)
  if (!snapshot) return false
  const rules = {
    guildId: snapshot.guild.id,
    ownerId: snapshot.guild.ownerId,
    roles: snapshot.roles.map((r) => ({ id: r.id, position: r.position, permissions: BigInt(r.permissions) })),
  }
  const overwrites = channel.overwrites.map((o) => ({ ...o, allow: BigInt(o.allow), deny: BigInt(o.deny) }))
  const actor = { userId: state.me.id, roleIds: snapshot.myRoleIds }
  return has(computePermissions(rules, actor, overwrites).permissions, "VIEW_CHANNEL")
}

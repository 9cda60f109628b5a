import { type Bootstrap, can, type Overwrite, type Snowflake } from "@hearth/core"
import { useMemo } from "react"
import { useBootstrap } from "../gateway/provider.tsx"

export const findChannel = (b: Bootstrap, channelId: Snowflake) => {
  for (const g of b.guilds) {
    const channel = g.channels.find((c) => c.id === channelId)
    if (channel) return { channel, snapshot: g }
  }
  return null
}

/** What the reader may do in a channel, for showing what there is to press. The gateway decides. */
export const useMay = (channelId: Snowflake) => {
  const found = useBootstrap((b) => findChannel(b, channelId)?.snapshot)
  const channel = found?.channels.find((c) => c.id === channelId)
  const me = useBootstrap((b) => b.me.id)
  return useMemo(() => {
    if (!found || !channel) return { send: false, react: false, moderate: false, manage: false, waits: false }
    const rules = {
      guildId: found.guild.id,
      ownerId: found.guild.ownerId,
      roles: found.roles.map((r) => ({ id: r.id, position: r.position, permissions: BigInt(r.permissions) })),
    }
    const overwrites: Overwrite[] = channel.overwrites.map((o) => ({
      ...o,
      allow: BigInt(o.allow),
      deny: BigInt(o.deny),
    }))
    const actor = { userId: me, roleIds: found.myRoleIds }
    const moderate = can(rules, actor, "MANAGE_MESSAGES", overwrites)
    const manage = can(rules, actor, "MANAGE_CHANNELS", overwrites)
    return {
      manage,
      send: can(rules, actor, "SEND_MESSAGES", overwrites),
      react: can(rules, actor, "ADD_REACTIONS", overwrites),
      moderate,
      /** Slow mode is for them, too. */
      waits: !moderate && !manage,
    }
  }, [found, channel, me])
}

import { type Bootstrap, can, type Snowflake } from "@hearth/core"
import { rulesOf } from "../shell/place.ts"

export interface Target {
  id: Snowflake
  name: string
  /** Of the server; of conversations nothing. */
  where: string
}

/** All channels in which the reader may write, but for the one that the message is in. The gateway decides. */
export const targetsOf = (b: Bootstrap, from: Snowflake): Target[] =>
  b.guilds.flatMap((snapshot) => {
    if (snapshot.conversation?.pending) return []
    const rules = rulesOf(snapshot)
    const actor = { userId: b.me.id, roleIds: snapshot.myRoleIds }
    return snapshot.channels.flatMap((channel) => {
      const overwrites = channel.overwrites.map((o) => ({ ...o, allow: BigInt(o.allow), deny: BigInt(o.deny) }))
      if (channel.id === from || !can(rules, actor, "SEND_MESSAGES", overwrites)) return []
      return [{ id: channel.id, name: channel.name, where: snapshot.conversation ? "" : snapshot.guild.name }]
    })
  })

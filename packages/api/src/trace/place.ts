import { can, type Snowflake } from "@hearth/core"
import { type GuildAccess, type LoadedChannel, loadChannel, loadGuildAccess } from "@hearth/db/access"
import { unknownChannel } from "../access.ts"
import type { SignedIn } from "../context.ts"

export interface TracedPlace {
  loaded: LoadedChannel
  guildId: Snowflake
  /** How the administrator stands in the server; null: no member of it, or one who may not view the channel. */
  viewer: GuildAccess | null
}

/** The channel of a message. An administrator knows that it is there; who may view it is told its words and names, too. */
export const placeOf = async ({ db, session }: SignedIn, channelId: Snowflake): Promise<TracedPlace> => {
  const loaded = await loadChannel(db, channelId)
  if (!loaded) throw unknownChannel()
  const { guildId } = loaded.channel
  const access = await loadGuildAccess(db, guildId, session.userId)
  const mayView = access !== null && can(access.rules, access.actor, "VIEW_CHANNEL", loaded.overwrites)
  return { loaded, guildId, viewer: mayView ? access : null }
}

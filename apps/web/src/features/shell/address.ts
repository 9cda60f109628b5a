import type { Snowflake } from "@hearth/core"

export interface Address {
  guildId?: Snowflake
  channelId?: Snowflake
  /** The numbers of a message start at 1. */
  seq?: number | undefined
}

const SHAPE = /^\/s\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?/

/** What a path names. Nothing says yet that it is there. */
export const addressOf = (path: string): Address => {
  const [, guildId, second, third] = SHAPE.exec(path) ?? []
  if (!guildId) return {}
  if (!second || second === "settings") return { guildId, seq: undefined }
  return { guildId, channelId: second, seq: third && /^[1-9][0-9]{0,14}$/.test(third) ? Number(third) : undefined }
}

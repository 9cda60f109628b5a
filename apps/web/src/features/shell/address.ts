import type { Snowflake } from "@hearth/core"

export interface Address {
  /** Catch up, and the channel that is chosen in it. */
  catchUp?: { channelId?: Snowflake | undefined }
  /** What was saved for later. */
  later?: true
  /** What waits for its time to be sent: a part of that. */
  scheduled?: true
  guildId?: Snowflake
  channelId?: Snowflake
  /** The numbers of a message start at 1. */
  seq?: number | undefined
}

const SHAPE = /^\/s\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?/

const CATCH_UP = /^\/catch-up(?:\/([^/]+))?\/?$/

/** What a path names. Nothing says yet that it is there. */
export const addressOf = (path: string): Address => {
  const caught = CATCH_UP.exec(path)
  if (caught) return { catchUp: { channelId: caught[1] } }
  const [later, scheduled] = /^\/later(\/scheduled)?\/?$/.exec(path) ?? []
  if (later) return scheduled ? { later: true, scheduled: true } : { later: true }
  const [, guildId, second, third] = SHAPE.exec(path) ?? []
  if (!guildId) return {}
  if (!second || second === "settings") return { guildId, seq: undefined }
  return { guildId, channelId: second, seq: third && /^[1-9][0-9]{0,14}$/.test(third) ? Number(third) : undefined }
}

import type { Snowflake } from "@hearth/core"

export interface Address {
  /** Catch up, and the channel that is chosen in it. */
  catchUp?: { channelId?: Snowflake | undefined }
  /** What was saved for later. */
  later?: true
  /** What waits for its time to be sent: a part of that. */
  scheduled?: true
  /** Direct messages. One that is open is `guildId` and `channelId` alike. */
  messages?: true
  /** Those of people whom one has not let in yet: a part of them. */
  requests?: true
  /** Friends: beside the list of conversations. */
  friends?: true
  guildId?: Snowflake
  channelId?: Snowflake
  /** The numbers of a message start at 1. */
  seq?: number | undefined
  /** A thread in the channel, and the message in it. */
  thread?: { id: Snowflake; seq: number | undefined }
}

const SHAPE = /^\/s\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?(?:\/([^/]+))?(?:\/([^/]+))?/

const CATCH_UP = /^\/catch-up(?:\/([^/]+))?\/?$/

const seqIn = (part: string | undefined) => (part && /^[1-9][0-9]{0,14}$/.test(part) ? Number(part) : undefined)

/** What a path names. Nothing says yet that it is there. */
export const addressOf = (path: string): Address => {
  const caught = CATCH_UP.exec(path)
  if (caught) return { catchUp: { channelId: caught[1] } }
  const [later, scheduled] = /^\/later(\/scheduled)?\/?$/.exec(path) ?? []
  if (later) return scheduled ? { later: true, scheduled: true } : { later: true }
  if (/^\/friends\/?$/.test(path)) return { friends: true }
  const [talks, requests] = /^\/messages(\/requests)?\/?$/.exec(path) ?? []
  if (talks) return requests ? { messages: true, requests: true } : { messages: true }
  // A conversation and its channel bear one id.
  const place = path.replace(/^\/messages(\/[^/]+)/, "/s$1$1")
  const [, guildId, second, third, fourth, fifth] = SHAPE.exec(place) ?? []
  if (!guildId) return {}
  if (!second || second === "settings") return { guildId, seq: undefined }
  const at = { guildId, channelId: second, ...(second === guildId && { messages: true as const }) }
  if (third === "t" && fourth) return { ...at, seq: undefined, thread: { id: fourth, seq: seqIn(fifth) } }
  return { ...at, seq: seqIn(third) }
}

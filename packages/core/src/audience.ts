import type { Snowflake } from "./snowflake.ts"

/** Who may know of a thing. An audience of the outbox is the Socket.IO room of the same name; "node" is for caches only. */
export type Audience =
  | `user:${Snowflake}`
  | `session:${string}`
  | `guild:${Snowflake}`
  | `audience:${Snowflake}`
  | `channel:${Snowflake}`
  | `presence:${Snowflake}`
  | `unseen:${Snowflake}`
  | "everyone"
  | "node"

export const userRoom = (id: Snowflake): Audience => `user:${id}`
export const sessionRoom = (id: string): Audience => `session:${id}`
export const guildRoom = (id: Snowflake): Audience => `guild:${id}`
/** Who may view a channel that is not public. */
export const viewersRoom = (channelId: Snowflake): Audience => `audience:${channelId}`
/** Who has the channel open. */
export const channelRoom = (channelId: Snowflake): Audience => `channel:${channelId}`
/** Who has that user on screen. */
export const presenceRoom = (userId: Snowflake): Audience => `presence:${userId}`
/** Whom that user blocked: what they do is not shown there. */
export const unseenRoom = (userId: Snowflake): Audience => `unseen:${userId}`
export const EVERYONE: Audience = "everyone"

/** Which cell owns a channel or is a user's home. One deployment has one cell until docs/scale.md says otherwise. */
export type Cell = "main"
export const cellOf = (_of: { channelId: Snowflake } | { userId: Snowflake }): Cell => "main"

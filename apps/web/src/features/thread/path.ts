import type { Snowflake } from "@hearth/core"
import { channelPath } from "../shell/place.ts"

/** Where a thread stands beside its channel, or a message in it. */
export const threadPath = (guildId: Snowflake, channelId: Snowflake, threadId: Snowflake, seq?: number): string =>
  `${channelPath(guildId, channelId)}/t/${threadId}${seq === undefined ? "" : `/${seq}`}`

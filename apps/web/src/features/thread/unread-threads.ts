import type { Bootstrap, Snowflake } from "@hearth/core"

/** Whether something is unread in a thread that the reader follows: in this one, in this channel, or in this server. */
export const hasUnreadThread = (
  { threads }: Pick<Bootstrap, "threads">,
  by: "id" | "channelId" | "guildId",
  id: Snowflake,
): boolean => threads?.some((thread) => thread[by] === id) ?? false

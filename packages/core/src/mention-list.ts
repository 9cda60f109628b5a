import { z } from "zod"
import { UserCard } from "./entity.ts"
import { Message } from "./message.ts"
import { MentionKind } from "./protocol.ts"
import { Snowflake } from "./snowflake.ts"

/** A message that addresses the reader, read or not, and in what way. */
export const MentionItem = z.object({
  guildId: Snowflake,
  channelId: Snowflake,
  /** Of what was said in a thread: the channel that it hangs in. */
  parentId: Snowflake.optional(),
  kind: MentionKind,
  message: Message,
  author: UserCard.optional(),
})
export type MentionItem = z.infer<typeof MentionItem>

import { z } from "zod"
import { Millis, UserCard } from "./entity.ts"
import { MentionKind } from "./protocol.ts"
import { Snowflake } from "./snowflake.ts"
import { Thread } from "./thread.ts"

/** A channel, or a thread, in which something was not read: what addresses the reader there, or what was said last. */
export const CatchUpItem = z.object({
  guildId: Snowflake,
  /** Of a thread: the channel that it hangs in. */
  channelId: Snowflake,
  thread: Thread.extend({ lastReadSeq: z.number().int().nonnegative() }).optional(),
  /** How many unread messages address the reader, and in what way the newest of them does. 0 and null: it only moved. */
  asks: z.number().int().nonnegative(),
  why: MentionKind.nullable(),
  /** The message that speaks for the channel; null: what was said last is deleted. */
  said: z.object({ seq: z.number().int().positive(), at: Millis, content: z.string() }).nullable(),
  /** Who says it, and who else spoke last. */
  people: z.array(UserCard).max(2),
})
export type CatchUpItem = z.infer<typeof CatchUpItem>

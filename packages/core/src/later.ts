import { z } from "zod"
import { Millis, UserCard } from "./entity.ts"
import { MAX_AHEAD_MS, MAX_SAVED } from "./limits.ts"
import { Message, Seq } from "./message.ts"
import { ChannelRequest, ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

/** What somebody keeps of a message: that it waits for them, and when they want to be reminded. */
export const Saved = z.object({
  channelId: Snowflake,
  seq: Seq,
  savedAt: Millis,
  /** When the reminder will ring; null: none is set. */
  remindAt: Millis.nullable(),
  /** When it rang; null: it did not, or another one was set since. */
  rangAt: Millis.nullable(),
  /** Null: it waits. */
  doneAt: Millis.nullable(),
})
export type Saved = z.infer<typeof Saved>

/** A saved message as the list shows it. Without `message` it was deleted, or may no longer be viewed. */
export const SavedItem = Saved.extend({
  guildId: Snowflake.optional(),
  message: Message.optional(),
  author: UserCard.optional(),
})
export type SavedItem = z.infer<typeof SavedItem>

/** How many reminders rang and wait: what the badge says. */
const Due = z.number().int().min(0).max(MAX_SAVED)
export const LaterChanged = z.object({ channelId: Snowflake, seq: Seq, due: Due })
export const LaterDue = z.object({ messages: z.array(z.object({ channelId: Snowflake, seq: Seq })).min(1), due: Due })

/** A moment of the coming year, or one that is over: then it is now. */
export const Ahead = z
  .number()
  .int()
  .positive()
  .refine((at) => at <= Date.now() + MAX_AHEAD_MS, "That is more than a year away.")

const Which = ChannelRequest.extend({ seq: Seq })
/** `remindAt` left out: a reminder stays as it is. */
export const SaveRequest = Which.extend({ remindAt: Ahead.nullable().optional() })
export const DoneRequest = Which.extend({ done: z.boolean() })
export const ListSavedRequest = ListRequest.extend({ done: z.boolean().default(false) })

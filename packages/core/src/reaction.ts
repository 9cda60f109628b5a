import { z } from "zod"
import { Emoji } from "./emoji.ts"
import { PAGE_LIMIT } from "./limits.ts"
import { Seq, Ver } from "./message.ts"
import { ChannelRequest, ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

/** What the reader did to a message, on whatever device. `mver`: what the message was at when that held; the higher is the newer. */
export const Reacted = z.object({
  channelId: Snowflake,
  seq: Seq,
  emoji: Emoji,
  on: z.boolean(),
  /** What is one's own no longer since: the other options of a poll in which one chooses one. */
  off: z.array(Emoji).optional(),
  mver: Ver,
})
export type Reacted = z.infer<typeof Reacted>

/** The reader's own emoji on one message, as it was at `mver`. */
export const OwnReactions = z.object({ seq: Seq, mver: Ver, emojis: z.array(z.string()) })
export type OwnReactions = z.infer<typeof OwnReactions>

export const ListReactorsRequest = ListRequest.extend({ ...ChannelRequest.shape, seq: Seq, emoji: Emoji })
export const OwnReactionsRequest = ChannelRequest.extend({ seqs: z.array(Seq).min(1).max(PAGE_LIMIT) })

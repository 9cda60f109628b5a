import { z } from "zod"
import { Content } from "./content.ts"
import { Millis } from "./entity.ts"
import { Ahead } from "./later.ts"
import { MAX_SCHEDULED } from "./limits.ts"
import { Nonce, Seq } from "./message.ts"
import { ChannelRequest, ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

/** A message that the server sends at its time. */
export const Scheduled = z.object({
  id: Snowflake,
  channelId: Snowflake,
  /** Raised by each change: who changes it names the one that they saw. */
  version: z.number().int().positive(),
  content: z.string(),
  /** The `seq` of the message that it answers. */
  replyTo: Seq.nullable(),
  sendAt: Millis,
  /** It is being sent, or was and nobody knows yet: it can not be changed now. */
  sending: z.boolean(),
  /** The code of the error that it could not be sent for; null: it waits for its time. */
  failed: z.string().nullable(),
})
export type Scheduled = z.infer<typeof Scheduled>

/** Without `guildId` its channel is gone, or may not be viewed any more. */
export const ScheduledItem = Scheduled.extend({
  guildId: Snowflake.optional(),
  /** Of what goes to a thread: the channel that it hangs in. */
  parentId: Snowflake.optional(),
})
export type ScheduledItem = z.infer<typeof ScheduledItem>

/** How many could not be sent, and wait for their author to look: the whole count. */
const Unsent = z.number().int().min(0).max(MAX_SCHEDULED)
export const ScheduleChanged = z.object({
  scheduledId: Snowflake,
  channelId: Snowflake,
  state: z.enum(["waiting", "sent", "failed", "cancelled"]),
  unsent: Unsent,
})

const Which = z.object({ scheduledId: Snowflake })
const Known = Which.extend({ version: z.number().int().positive() })
/**
 * `key` is the client's own, new for each: the same once more answers what the first one made. It is the nonce that the message is
 * sent under, whoever sends it and however often they try: asked for once more after that, it is found in the log.
 */
export const ScheduleRequest = ChannelRequest.extend({
  key: Nonce,
  content: Content,
  replyTo: Seq.optional(),
  sendAt: Ahead,
})
export const RescheduleRequest = Known.extend({ content: Content.optional(), sendAt: Ahead.optional() })
export const SendNowRequest = Known
export const CancelScheduledRequest = Which
export const ListScheduledRequest = ListRequest

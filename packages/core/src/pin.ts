import { z } from "zod"
import { Millis, UserCard } from "./entity.ts"
import { Message, Seq } from "./message.ts"
import { ChannelRequest, ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

export const MAX_PINS = 50

export const PinAdded = z.object({ channelId: Snowflake, seq: Seq, pinnedBy: Snowflake.nullable(), pinnedAt: Millis })
export const PinRemoved = z.object({ channelId: Snowflake, seq: Seq })

/** A pinned message as the list shows it. */
export const Pin = z.object({
  message: Message,
  author: UserCard.optional(),
  pinnedBy: UserCard.optional(),
  pinnedAt: Millis,
})
export type Pin = z.infer<typeof Pin>

export const MessageRequest = ChannelRequest.extend({ seq: Seq })
export const ListPinsRequest = ListRequest.extend(ChannelRequest.shape)

import { z } from "zod"
import { Millis } from "./entity.ts"
import { Seq } from "./message.ts"
import { ChannelRequest, ListRequest } from "./request.ts"

/** What a message said, and since when. The newest is what it says. */
export const MessageVersion = z.object({ version: z.number().int().positive(), content: z.string(), writtenAt: Millis })
export type MessageVersion = z.infer<typeof MessageVersion>

export const ListVersionsRequest = ListRequest.extend({ ...ChannelRequest.shape, seq: Seq })

import { z } from "zod"
import { MAX_SPAN } from "./limits.ts"
import { Seq, Ver } from "./message.ts"
import { ChannelRequest } from "./request.ts"

/** From which message on, and of how many. */
export const MversRequest = ChannelRequest.extend({ from: Seq, limit: z.number().int().min(1).max(MAX_SPAN) })
/** The `mver` of each message from there on, in the order of `seq`. */
export const Mvers = z.object({ mvers: z.array(Ver), head: z.number().int().nonnegative() })
export type Mvers = z.infer<typeof Mvers>

import { z } from "zod"
import { Millis, UserCard } from "./entity.ts"
import { Message, Seq } from "./message.ts"
import { MessageRequest } from "./pin.ts"
import { ChannelRequest, ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

/** A channel that hangs on a message of another one, and is for exactly those whom that one is for. */
export const Thread = z.object({
  id: Snowflake,
  guildId: Snowflake,
  /** The channel, and in it the message, that it hangs on. */
  channelId: Snowflake,
  seq: Seq,
  replies: z.number().int().nonnegative(),
  /** When somebody wrote in it last; before that, when it was begun. */
  lastAt: Millis,
})
export type Thread = z.infer<typeof Thread>

/** Whether one hears of a thread, and whether one follows it and does not want to. */
export const ThreadFollowing = z.object({ following: z.boolean(), muted: z.boolean() })
export type ThreadFollowing = z.infer<typeof ThreadFollowing>
/** The same for who opens it: up to where they have read (0: they were not there yet), and whether they follow it. */
export const OpenedThread = Thread.extend({ lastReadSeq: z.number().int().nonnegative() }).extend(ThreadFollowing.shape)
export type OpenedThread = z.infer<typeof OpenedThread>

/** A thread as the list shows it. Without `message` it was deleted. */
export const ThreadItem = z.object({
  thread: Thread,
  message: Message.optional(),
  author: UserCard.optional(),
  /** Who wrote there last, the newest first. */
  people: z.array(UserCard),
})
export type ThreadItem = z.infer<typeof ThreadItem>

export const StartThreadRequest = MessageRequest
export const ThreadRequest = z.object({ threadId: Snowflake })
export const FollowThreadRequest = ThreadRequest.extend({ following: z.boolean(), muted: z.boolean().default(false) })
/** `archived`: those in which nobody wrote lately. */
export const ListThreadsRequest = ListRequest.extend(ChannelRequest.shape).extend({
  archived: z.boolean().default(false),
})

import { z } from "zod"
import { Millis, type UserCard } from "./entity.ts"
import { Seq, Ver } from "./message.ts"
import type { Message } from "./message.ts"
import { MessageRequest } from "./pin.ts"
import type { MentionKind } from "./protocol.ts"
import { ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

/** For administrators of the instance: what happened to a message. Facts that are kept anyway; what it says is for its readers. */

/** A message by its id alone, or by id and channel. Without a channel its channels are looked through, some at a time. */
export const FindMessageRequest = z.object({
  messageId: Snowflake,
  channelId: Snowflake.optional(),
  cursor: z.string().max(300).optional(),
})
export interface FoundMessages {
  found: { channelId: Snowflake; seq: number }[]
  /** How many channels were looked through for this answer. */
  looked: number
  next: string | null
}

export const ListOfMessageRequest = ListRequest.extend(MessageRequest.shape)

/** A message without its words. */
export interface MessageFacts
  extends Pick<
    Message,
    "id" | "authorId" | "nonce" | "createdAt" | "editedAt" | "version" | "mver" | "deleted" | "replyTo"
  > {
  scope: number
  /** The version of its scope, and the channel's newest number, now. */
  ver: number
  head: number
  reactions: number
  /** Only for who may view the channel. */
  author: UserCard | null
  content: string | null
}

export interface Trace {
  channelId: Snowflake
  seq: number
  guildId: Snowflake
  /** Names, for who may view the channel; null: its administrator sees numbers, and no words. */
  place: { guild: string; channel: string } | null
  store: "postgres" | "cassandra"
  /** null: the store could not be asked. */
  message: MessageFacts | null
  /** The newest number that lists of channels and counts of what is unread know of. */
  lastSeq: number
  mentions: {
    /** How far the consumer of mentions has read the channel. */
    cursor: number
    /** Whether it has read the message as it is now; null: the store could not be asked. */
    current: boolean | null
    /** Whom the message addresses; a name only for who may view the channel. */
    rows: { kind: MentionKind; name: string | null }[]
  }
  /** Members whose read mark is at the message or beyond it; beyond MAX_COUNTED nobody is counted. */
  readers: number
  members: number
  pin: { pinnedAt: number; pinnedBy: UserCard | null } | null
}

/** When a version was written. What it said is read in the channel. */
export interface VersionTime {
  version: number
  writtenAt: number
}

/** What one node did with a message, as far as it remembers. Times are those of the node's own clock. */
export const TraceStep = z.object({
  /**
   * accepted: a send was answered here · stored: this node's compare-and-set added it · changed: one changed it ·
   * published: it left for those who have the channel open · delivered: it went to sockets of this node ·
   * confirmed: a client that opened the channel, or came back, said that it holds it.
   */
  kind: z.enum(["accepted", "stored", "changed", "published", "delivered", "confirmed"]),
  at: Millis,
  ver: Ver.optional(),
  /** How long it took: the send until its answer, or the store. */
  ms: z.number().nonnegative().optional(),
  /** How many sockets, or how many messages one compare-and-set took. */
  count: z.number().int().nonnegative().optional(),
  /** A send that had been stored before. */
  again: z.boolean().optional(),
})
export type TraceStep = z.infer<typeof TraceStep>

export const NodeTrace = z.object({
  nodeId: z.string(),
  /** false: the node did not answer. */
  ok: z.boolean(),
  /** Before this the node remembers nothing. */
  since: Millis.nullable(),
  steps: z.array(TraceStep),
})
export type NodeTrace = z.infer<typeof NodeTrace>

export const TraceReply = z.object({
  nodes: z.array(NodeTrace),
  /** Whether these are all nodes there are: without Redis a node knows of itself alone. */
  all: z.boolean(),
})
export type TraceReply = z.infer<typeof TraceReply>

export const TraceBody = z.object({ channelId: Snowflake, seq: Seq })

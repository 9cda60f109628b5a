import { z } from "zod"
import { Content } from "./content.ts"
import { Emoji } from "./emoji.ts"
import { Millis } from "./entity.ts"
import { MAX_THREAD_FACES } from "./limits.ts"
import { Previews } from "./preview.ts"
import { Snowflake } from "./snowflake.ts"

/** A message's number in its channel: 1, 2, 3 …, dense, and visible in order. */
export const Seq = z.number().int().positive()
/** A version of a scope. */
export const Ver = z.number().int().nonnegative()
/** What one `ver` counts: −1 is the whole channel (messages in PostgreSQL), 0, 1, 2 … a bucket of 1,000 (Cassandra). */
export const Scope = z.number().int().min(-1)

/** The client's own id for a message that it sends: finds its own echo, makes a retry harmless. */
export const Nonce = z.string().regex(/^[A-Za-z0-9_-]{16,36}$/, "A nonce has 16 to 36 letters, digits, - or _.")
export type Nonce = z.infer<typeof Nonce>

/** That a thread hangs on a message, and how it stands: rows are of one version, so this comes as an edit does. */
export const ThreadLine = z.object({
  /** The thread is a channel: its log, its drafts and its read mark go by this id. */
  id: Snowflake,
  /** How many messages were written in it. */
  replies: z.number().int().positive(),
  lastAt: Millis,
  /** Who wrote there last, the newest first. */
  people: z.array(Snowflake).max(MAX_THREAD_FACES),
})
export type ThreadLine = z.infer<typeof ThreadLine>

export const Message = z.object({
  channelId: Snowflake,
  seq: Seq,
  id: Snowflake,
  /** The `ver` of its scope that last touched this row: of two copies the higher is the newer. */
  mver: Ver,
  /** 1 when written, one more for each edit and for the delete. Edits name the version that they replace. */
  version: z.number().int().positive(),
  authorId: Snowflake,
  nonce: z.string(),
  /** Empty when deleted. */
  content: z.string(),
  createdAt: Millis,
  editedAt: Millis.nullable(),
  deleted: z.boolean(),
  /** The `seq`, in the same channel, of the message that this one answers. */
  replyTo: Seq.nullable(),
  reactions: z.record(z.string(), z.number().int().positive()),
  /** Absent: nobody answered in a thread. */
  thread: ThreadLine.optional(),
  /** Cards of what it links to. Empty: they were taken away. Absent: there are none, or none yet. */
  previews: Previews.optional(),
})
export type Message = z.infer<typeof Message>

/** The messages that a client holds of a channel: from … to, both included. `to = from − 1` holds none. */
export const Span = z.object({ from: Seq, to: z.number().int().nonnegative() }).refine((s) => s.to >= s.from - 1)
export type Span = z.infer<typeof Span>

/** scope → ver. Keys are scopes in decimal, since JSON knows no other keys. */
export const Marks = z.record(z.string().regex(/^(-1|0|[1-9][0-9]{0,15})$/), Ver)
export type Marks = z.infer<typeof Marks>

/** What one compare-and-set of a channel's log did. `items` are whole rows, new or changed. */
export const Packet = z.object({
  channelId: Snowflake,
  scope: Scope,
  ver: Ver,
  head: z.number().int().nonnegative(),
  items: z.array(Message),
})
export type Packet = z.infer<typeof Packet>

export const SendMessage = z.object({ channelId: Snowflake, content: Content, nonce: Nonce, replyTo: Seq.optional() })
export type SendMessage = z.infer<typeof SendMessage>

/** Passes a message on. `version` is the one that the sender read: another is a conflict. */
export const ForwardMessage = z.object({
  channelId: Snowflake,
  nonce: Nonce,
  from: z.object({ channelId: Snowflake, seq: Seq, version: z.number().int().positive() }),
  comment: Content.optional(),
})

export const Appended = z.object({ id: Snowflake, seq: Seq, ver: Ver, scope: Scope, createdAt: Millis })
export type Appended = z.infer<typeof Appended>

export const EditMessage = z.object({
  channelId: Snowflake,
  seq: Seq,
  version: z.number().int().positive(),
  content: Content,
})
export const DeleteMessage = z.object({ channelId: Snowflake, seq: Seq })
export const RemovePreviews = z.object({ channelId: Snowflake, seq: Seq })
export const ChangedMessage = z.object({ message: Message })

export const React = z.object({ channelId: Snowflake, seq: Seq, emoji: Emoji, on: z.boolean() })

/** Which page of a channel: exactly one of the three, or none for the newest. */
export const PageCursor = z
  .object({ before: Seq.optional(), after: z.number().int().nonnegative().optional(), around: Seq.optional() })
  .refine(
    (c) => [c.before, c.after, c.around].filter((x) => x !== undefined).length <= 1,
    "Only one of before, after and around.",
  )
export type PageCursor = z.infer<typeof PageCursor>

/** Messages in `seq` order, without gaps; `marks` of every scope that the page touches; `head` is the channel's newest `seq`. */
export const Page = z.object({ messages: z.array(Message), marks: Marks, head: z.number().int().nonnegative() })
export type Page = z.infer<typeof Page>

/** All that a client with a span and marks lacks. `reset`: drop what you hold, `messages` is the newest page. */
export const Changes = z.object({
  reset: z.boolean(),
  messages: z.array(Message),
  changed: z.array(Message),
  marks: Marks,
  head: z.number().int().nonnegative(),
})
export type Changes = z.infer<typeof Changes>

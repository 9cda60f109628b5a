import { z } from "zod"
import { AlertsChanged } from "./alert.ts"
import { DraftRemoved, DraftSaved } from "./draft.ts"
import {
  Channel,
  Conversation,
  Deletions,
  Guild,
  GuildSnapshot,
  MemberRow,
  ReadState,
  Role,
  ThreadParents,
  UnreadMentions,
  UnreadThread,
  UserCard,
} from "./entity.ts"
import {
  Appended,
  ChangedMessage,
  Changes,
  DeleteMessage,
  EditMessage,
  ForwardMessage,
  Marks,
  Packet,
  React,
  RemovePreviews,
  SendMessage,
  Seq,
  Span,
} from "./message.ts"
import { FriendAdded, FriendAsked, FriendRemoved } from "./friend.ts"
import { LaterChanged, LaterDue } from "./later.ts"
import { MAX_UNREAD_MENTIONS, MAX_VIEWERS, MAX_WRITERS } from "./limits.ts"
import { PinAdded, PinRemoved } from "./pin.ts"
import { pollCommands } from "./poll-request.ts"
import { Reacted } from "./reaction.ts"
import { MarkReceipts, Receipts } from "./receipt.ts"
import { OwnRules } from "./own-rules.ts"
import { ScheduleChanged } from "./schedule.ts"
import { Snowflake } from "./snowflake.ts"
import { OwnStatus, StatusLine } from "./status.ts"
import { TraceBody, TraceReply } from "./trace.ts"
import type { WireError } from "./wire-error.ts"

/** A position in the outbox, a decimal string. */
export const Pos = z.string().regex(/^(0|[1-9][0-9]{0,18})$/)
export type Pos = z.infer<typeof Pos>

/** What a client sends as Socket.IO `auth` at the handshake. */
export const HandshakeAuth = z.object({
  ticket: z.string().max(2048),
  protocol: z.number().int(),
  pos: Pos,
  /** Nobody is at this device now: until it says otherwise, it keeps nobody online. */
  idle: z.boolean().optional(),
  /** This device is a phone: whoever is here with phones alone is shown so. */
  phone: z.boolean().optional(),
})
export type HandshakeAuth = z.infer<typeof HandshakeAuth>

const MAX_OPEN_CHANNELS = 20

export const ResumeChannel = z.object({ channelId: Snowflake, span: Span.nullable(), marks: Marks })
export type ResumeChannel = z.infer<typeof ResumeChannel>

export const MemberGroup = z.object({
  /** A hoisted role's id, or "online", "offline", "members". */ key: z.string(),
  count: z.number().int().nonnegative(),
})
export type MemberGroup = z.infer<typeof MemberGroup>

/** Rows of a member list by rank (0 is the first), and how long its groups are. */
export const MemberSlice = z.object({
  guildId: Snowflake,
  from: z.number().int().nonnegative(),
  rows: z.array(MemberRow),
  groups: z.array(MemberGroup),
  total: z.number().int().nonnegative(),
})
export type MemberSlice = z.infer<typeof MemberSlice>

export const Presence = z.enum(["online", "idle", "dnd", "offline", "unknown"])
export type Presence = z.infer<typeof Presence>
/** How somebody is shown. `phone`: online, with phones alone. The wire says `online`, and names them under `phones`. */
export type Shown = Presence | "phone"

/** Who wrote in a channel in the last 15 minutes: how many people, and the last of them, the newest first. */
export const Writers = z.object({
  count: z.number().int().positive(),
  latest: z.array(z.object({ userId: Snowflake, agoMs: z.number().int().nonnegative() })).max(MAX_WRITERS),
})
export type Writers = z.infer<typeof Writers>

/** Why a message addresses somebody: named, answered, by a keyword of theirs, in a role that was named, as one of all, or since it was written to them. */
export const MentionKind = z.enum(["user", "reply", "keyword", "role", "everyone", "here", "direct"])
export type MentionKind = z.infer<typeof MentionKind>

/** Imperative; every command is acknowledged with `Reply`. */
export const commands = {
  /** Opens channels, or brings what a client has of them up to date: joins first, then reads. The answers come as `channel:resumed`; the ack follows the last. */
  "channel:resume": {
    body: z.object({ channels: z.array(ResumeChannel).min(1).max(MAX_OPEN_CHANNELS) }),
    reply: z.object({
      channels: z.array(
        z.object({
          channelId: Snowflake,
          ok: z.boolean(),
          code: z.string().optional(),
          retryAfterMs: z.number().optional(),
        }),
      ),
    }),
  },
  "channel:close": { body: z.object({ channelId: Snowflake }), reply: z.object({}) },
  "message:send": { body: SendMessage, reply: Appended },
  "message:forward": { body: ForwardMessage, reply: Appended },
  "message:edit": { body: EditMessage, reply: ChangedMessage },
  "message:delete": { body: DeleteMessage, reply: ChangedMessage },
  /** With an option's emoji it is a vote. */
  "message:react": { body: React, reply: ChangedMessage },
  /** Takes the cards of its links away, for good. */
  "preview:remove": { body: RemovePreviews, reply: ChangedMessage },
  ...pollCommands,
  /** For administrators of the instance: what nodes remember of a message. */
  "message:trace": { body: TraceBody, reply: TraceReply },
  "typing:start": { body: z.object({ channelId: Snowflake }), reply: z.object({}) },
  /** Raises the read mark; a lower one than the stored changes nothing. `unread: true` sets it back on purpose. */
  "read:mark": {
    body: z.object({ channelId: Snowflake, seq: z.number().int().nonnegative(), unread: z.boolean().optional() }),
    reply: ReadState,
  },
  /** Everything in the guild was read; `null`: everything everywhere. */
  "read:all": {
    body: z.object({ guildId: Snowflake.nullable() }),
    reply: z.object({ channels: z.number().int().nonnegative() }),
  },
  /** A device has these conversations up to there. A lower mark than the stored changes nothing. */
  "receipts:mark": { body: MarkReceipts, reply: z.object({}) },
  /** Replaces the slices that this connection watches in that guild; none: stops watching. */
  "members:watch": {
    body: z.object({
      guildId: Snowflake,
      ranges: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().min(1).max(100)])).max(4),
    }),
    reply: z.object({ slices: z.array(MemberSlice) }),
  },
  /** Replaces the set of users whose presence this connection hears of. */
  "presence:watch": {
    body: z.object({ userIds: z.array(Snowflake).max(200) }),
    reply: z.object({
      presences: z.record(Snowflake, Presence),
      statuses: z.record(Snowflake, StatusLine).optional(),
      phones: z.array(Snowflake).optional(),
    }),
  },
  "presence:set": { body: z.object({ presence: z.enum(["online", "idle", "dnd"]) }), reply: z.object({}) },
} as const

/** Past tense; what a gateway tells a client without being asked. */
export const events = {
  /** The first thing on a connection: the rooms are joined, and everything since `pos` was sent. */
  "gateway:ready": z.object({
    pos: Pos,
    connectionId: z.string(),
    /** The client's `pos` was too old: fetch `bootstrap` anew. */
    reset: z.boolean(),
    /** All channels that one may see now. Others are gone, unknown ones are to be fetched. */
    channelIds: z.array(Snowflake),
    /** All conversations that one is in, also those that a snapshot does not have. */
    conversationIds: z.array(Snowflake).optional(),
    heads: z.record(Snowflake, z.number().int().nonnegative()),
    readStates: z.array(ReadState),
    /** Of the channels in which somebody wrote lately. */
    writers: z.record(Snowflake, Writers).optional(),
  }),
  /** Reconnect, after a random part of `delayMs`, and resume. */
  "gateway:resync": z.object({
    reason: z.enum(["draining", "stale", "stalled", "slow", "moved"]),
    delayMs: z.number().int().nonnegative(),
  }),
  "session:ended": z.object({}),

  "channel:resumed": Changes.extend({
    channelId: Snowflake,
    /** More parts of this channel follow. */ more: z.boolean(),
  }),
  "channel:changed": z.array(Packet),
  "channel:heads": z.object({
    heads: z.array(z.object({ channelId: Snowflake, head: z.number().int().nonnegative(), marks: Marks })),
  }),
  /** For those who do not look: which channels moved to which head, who writes in them, and what was deleted. */
  "channel:activity": z.object({
    heads: z.record(Snowflake, Seq),
    writers: z.record(Snowflake, Writers).optional(),
    deleted: Deletions.optional(),
  }),
  /** Who has the channel open: how many people, and some of them. */
  "channel:viewers": z.object({
    channelId: Snowflake,
    count: z.number().int().positive(),
    userIds: z.array(Snowflake).max(MAX_VIEWERS),
  }),
  /** Nothing is pushed of this channel on this connection: ask every so often. null: it is pushed again. */
  "channel:pull": z.object({ channelId: Snowflake, everyMs: z.number().int().positive().nullable() }),
  "typing:started": z.object({ channelId: Snowflake, userId: Snowflake }),
  "read:marked": ReadState,
  /** Marks of many channels at once: somebody read all. */
  "reads:marked": z.object({ readStates: z.array(ReadState) }),
  /** How far others in the reader's conversations have them: marks that rose, of those who tell the reader. */
  "receipts:marked": z.object({ receipts: Receipts }),
  /** A message addresses the target: a user, a role, or the guild for everybody. */
  "mention:added": z.object({
    channelId: Snowflake,
    seq: Seq,
    kind: MentionKind,
    authorId: Snowflake,
    targetId: Snowflake,
    /** Of a thread: the channel that it hangs in. */
    parentId: Snowflake.optional(),
  }),
  "mention:removed": z.object({ channelId: Snowflake, seq: Seq, targetId: Snowflake }),
  /**
   * The newest messages after the read mark that address the reader, by channel, and those that were deleted. `all`: there are
   * no others that address the reader.
   */
  "mention:unread": z.object({
    mentions: UnreadMentions,
    parents: ThreadParents.optional(),
    all: z.boolean(),
    deleted: Deletions.optional(),
  }),
  /** One's keywords changed. */
  "alerts:changed": AlertsChanged,
  /** One's own draft in a channel is another one now, or gone: the text is asked for. */
  "draft:saved": DraftSaved,
  "draft:removed": DraftRemoved,
  /** `statuses`: whose line is another one now; null: they have none to show any more. `phones`: who of `presences` has nothing but phones. */
  "presence:changed": z.object({
    presences: z.record(Snowflake, Presence),
    statuses: z.record(Snowflake, StatusLine.nullable()).optional(),
    phones: z.array(Snowflake).optional(),
  }),
  "members:changed": z.object({ slices: z.array(MemberSlice) }),

  "guild:added": GuildSnapshot,
  "guild:updated": Guild,
  "guild:removed": z.object({ guildId: Snowflake }),
  "channel:added": Channel,
  "channel:updated": Channel,
  "channel:removed": z.object({ guildId: Snowflake, channelId: Snowflake }),
  "channels:reordered": z.object({ guildId: Snowflake, channelIds: z.array(Snowflake) }),
  /** A conversation is there, or there again: with all that was not read in it. */
  "conversation:added": z.object({
    snapshot: GuildSnapshot,
    head: z.number().int().nonnegative(),
    lastReadSeq: z.number().int().nonnegative(),
    mentions: z.array(Seq).max(MAX_UNREAD_MENTIONS),
  }),
  /** Who is in it, whether it is muted, whether it is a request. */
  "conversation:updated": z.object({ guildId: Snowflake, conversation: Conversation }),
  /** The reader closed it, or is not in it any more. */
  "conversation:removed": z.object({ guildId: Snowflake }),
  "friend:added": FriendAdded,
  "friend:removed": FriendRemoved,
  /** Who asks to be a friend, or whom the reader asked, changed. */
  "friend:asked": FriendAsked,
  /** Something was written in a thread that the reader follows, and had read. */
  "thread:unread": UnreadThread,
  /** The reader follows it no more, or muted it. */
  "thread:left": z.object({ id: Snowflake }),
  /** What the reader keeps for later changed: saved, done, taken away. */
  "later:changed": LaterChanged,
  /** Reminders ring. */
  "later:due": LaterDue,
  /** A message that waits for its time was scheduled, changed, sent, not sent, or taken back. */
  "schedule:changed": ScheduleChanged,
  "pin:added": PinAdded,
  "pin:removed": PinRemoved,
  "role:added": Role,
  "role:updated": Role,
  "role:removed": z.object({ guildId: Snowflake, roleId: Snowflake }),
  /** The reader's own roles in a guild. */
  "me:roles": z.object({ guildId: Snowflake, roleIds: z.array(Snowflake) }),
  "me:updated": UserCard,
  /** The reader set one of their rules, on whatever device. After `receipts` what is known of others' is asked for anew. */
  "rules:updated": OwnRules,
  "me:reacted": Reacted,
  "user:updated": UserCard,
  /** How the reader wants to be seen. */
  "status:updated": OwnStatus,
  "instance:updated": z.object({ name: z.string() }),
} as const

/** What only nodes read from the outbox: it keeps their permission caches complete, and is never sent to a client. */
export const nodeEvents = {
  "member:joined": z.object({ guildId: Snowflake, userId: Snowflake }),
  "member:left": z.object({ guildId: Snowflake, userId: Snowflake }),
  "member:changed": z.object({ guildId: Snowflake, userId: Snowflake, roleIds: z.array(Snowflake) }),
  /** To whom `userId` shows nothing of themselves any more, or again. */
  "block:changed": z.object({ userId: Snowflake, blockedId: Snowflake, blocked: z.boolean() }),
  "session:revoked": z.object({ sessionId: z.string(), userId: Snowflake }),
} as const

export type Command = keyof typeof commands
export type Body<C extends Command> = z.output<(typeof commands)[C]["body"]>
export type BodyInput<C extends Command> = z.input<(typeof commands)[C]["body"]>
export type Reply<C extends Command> = z.output<(typeof commands)[C]["reply"]>
export type EventName = keyof typeof events
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>
export type NodeEventName = keyof typeof nodeEvents
export type OutboxKind = EventName | NodeEventName
export type OutboxPayload<K extends OutboxKind> = K extends EventName
  ? EventPayload<K>
  : K extends NodeEventName
    ? z.output<(typeof nodeEvents)[K]>
    : never

export type AckReply<T> = { ok: true; data: T } | { ok: false; error: WireError }
export type Ack<C extends Command> = (reply: AckReply<Reply<C>>) => void
export type ClientToServer = { [C in Command]: (body: BodyInput<C>, ack: Ack<C>) => void }
/** Events that come from the outbox carry their position as a second argument: a client continues from the last one it saw. */
export type ServerToClient = {
  [E in EventName]: E extends "channel:resumed"
    ? (payload: EventPayload<E>, ack: () => void) => void
    : (payload: EventPayload<E>, pos?: Pos) => void
}

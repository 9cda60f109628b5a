import { z } from "zod"
import { FileKey } from "./file-key.ts"
import { PermissionSet } from "./permission-set.ts"
import { Snowflake } from "./snowflake.ts"
import { MAX_DELETIONS, MAX_SHOWN_PEOPLE, MAX_UNREAD_MENTIONS } from "./limits.ts"
import { name } from "./name.ts"
import { OwnStatus } from "./status.ts"
import { cleanName, codePoints } from "./text.ts"

/** Unix time in milliseconds. */
export const Millis = z.number().int().nonnegative()

/** The seed of a portrait: part of an address, so nothing that an address would have to escape. */
export const Portrait = z.string().regex(/^[a-z0-9-]{1,32}$/, "That is not a portrait.")

/** What anybody who meets a person may see of them. */
export const UserCard = z.object({
  id: Snowflake,
  displayName: z.string(),
  /** What a drawn face is made from; it lies at `/portraits/<portrait>.svg`. */
  portrait: Portrait.optional(),
})
export type UserCard = z.infer<typeof UserCard>

export const Me = UserCard.extend({ email: z.string(), isInstanceAdmin: z.boolean() })
export type Me = z.infer<typeof Me>

export const Role = z.object({
  id: Snowflake,
  guildId: Snowflake,
  name: z.string(),
  position: z.number().int(),
  permissions: PermissionSet,
  /** A hoisted role is a group of its own in the member list. */
  hoisted: z.boolean(),
})
export type Role = z.infer<typeof Role>

export const OverwriteWire = z.object({
  target: z.enum(["role", "member"]),
  targetId: Snowflake,
  allow: PermissionSet,
  deny: PermissionSet,
})
export type OverwriteWire = z.infer<typeof OverwriteWire>

export const Channel = z.object({
  id: Snowflake,
  guildId: Snowflake,
  name: z.string(),
  topic: z.string(),
  position: z.number().int(),
  overwrites: z.array(OverwriteWire),
  /** Slow mode: how long one waits between two messages. Absent: one does not. */
  slowmodeSeconds: z.number().int().positive().optional(),
})
export type Channel = z.infer<typeof Channel>

export const Guild = z.object({
  id: Snowflake,
  name: z.string(),
  ownerId: Snowflake,
})
export type Guild = z.infer<typeof Guild>

/** What makes a guild a conversation, as one of its members has it. */
export const Conversation = z.object({
  kind: z.enum(["direct", "group"]),
  /** Who manages a group; null: nobody does. */
  ownerId: Snowflake.nullable(),
  /** The others, who came first, first: some of them. */
  people: z.array(UserCard).max(MAX_SHOWN_PEOPLE),
  /** Of all, the reader too. */
  count: z.number().int().positive(),
  /** What is written there does not address the reader. */
  muted: z.boolean(),
  /** Somebody wrote whom the reader did not let in yet: a request. */
  pending: z.boolean(),
  /** Of two: the reader blocked the other. That the other blocked the reader is told to nobody. */
  blocked: z.literal(true).optional(),
  /** Of a group that has a picture: it lies at `/api/icons/<icon>`, for its people. Another picture has another key. */
  icon: FileKey.optional(),
})
export type Conversation = z.infer<typeof Conversation>

/** A guild as one member knows it: only channels that this member may view. */
export const GuildSnapshot = z.object({
  guild: Guild,
  roles: z.array(Role),
  channels: z.array(Channel),
  /** The reader's own roles beside @everyone. */
  myRoleIds: z.array(Snowflake),
  /** Not a server but a conversation: its one channel has the same id, and is one's that one may read and write in. */
  conversation: Conversation.optional(),
})
export type GuildSnapshot = z.infer<typeof GuildSnapshot>

export const MemberRow = z.object({ user: UserCard, roleIds: z.array(Snowflake), joinedAt: Millis })
export type MemberRow = z.infer<typeof MemberRow>

export const ReadState = z.object({ channelId: Snowflake, lastReadSeq: z.number().int().nonnegative() })
export type ReadState = z.infer<typeof ReadState>

/** By channel or thread, the `seq` of messages that address the reader, rising: at most so many of each, the newest. */
export const UnreadMentions = z.record(Snowflake, z.array(z.number().int().positive()).max(MAX_UNREAD_MENTIONS))
export type UnreadMentions = z.infer<typeof UnreadMentions>

/** By channel, the `seq` of deleted messages, rising: at most so many of each, the newest. */
export const Deletions = z.record(Snowflake, z.array(z.number().int().positive()).max(MAX_DELETIONS))
export type Deletions = z.infer<typeof Deletions>

/** The channels that threads hang in, by thread. */
export const ThreadParents = z.record(Snowflake, Snowflake)
export type ThreadParents = z.infer<typeof ThreadParents>

/** A followed thread in which something was not read: where it hangs, and the newest `seq` in it that its reader was told of. */
export const UnreadThread = z.object({
  id: Snowflake,
  guildId: Snowflake,
  channelId: Snowflake,
  seq: z.number().int().positive(),
  head: z.number().int().positive(),
})
export type UnreadThread = z.infer<typeof UnreadThread>

/** All that opening the app needs, read in one REPEATABLE READ transaction together with the outbox position `pos`. */
export const Bootstrap = z.object({
  pos: z.string(),
  instance: z.object({ name: z.string(), version: z.string() }),
  me: Me,
  guilds: z.array(GuildSnapshot),
  readStates: z.array(ReadState),
  /** The newest `seq` of each channel that is known to the metadata store: a hint, never ahead of the log. */
  heads: z.record(Snowflake, z.number().int().nonnegative()),
  /** What addresses the reader and was not read. Absent: nothing. */
  mentions: UnreadMentions.optional(),
  /** What lies above a read mark and was deleted: it is not unread. Absent: nothing. */
  deleted: Deletions.optional(),
  /** Of the threads among them. Absent: none. */
  parents: ThreadParents.optional(),
  /** How far a client heard that threads are read since it connected: nobody sends it. */
  threadReads: z.record(Snowflake, z.number().int().nonnegative()).optional(),
  /** Followed threads with something unread: at most a hundred, the newest, by id. Absent: none. */
  threads: z.array(UnreadThread).optional(),
  /** How many reminders rang and wait. Absent: none. */
  due: z.number().int().positive().optional(),
  /** How many scheduled messages could not be sent. Absent: none. */
  unsent: z.number().int().positive().optional(),
  /** The ids of one's friends, the lowest first. Absent: none. */
  friends: z.array(Snowflake).optional(),
  /** How many ask to be a friend and wait. Absent: nobody. */
  asked: z.number().int().positive().optional(),
  /** The versions of the drafts that one has, by channel. Absent: none. */
  drafts: z.record(Snowflake, z.number().int().positive()).optional(),
  /** How the reader wants to be seen. Absent: as they are, without a word. */
  status: OwnStatus.optional(),
})
export type Bootstrap = z.infer<typeof Bootstrap>

export const Invite = z.object({
  code: z.string(),
  guildId: Snowflake,
  createdBy: UserCard,
  createdAt: Millis,
  expiresAt: Millis.nullable(),
  maxUses: z.number().int().positive().nullable(),
  uses: z.number().int().nonnegative(),
})
export type Invite = z.infer<typeof Invite>

export const InvitePreview = z.object({
  code: z.string(),
  guild: z.object({ id: Snowflake, name: z.string(), memberCount: z.number().int() }),
  invitedBy: z.string(),
  someMembers: z.array(UserCard),
  alreadyMember: z.boolean(),
})
export type InvitePreview = z.infer<typeof InvitePreview>

export const SessionInfo = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: Millis,
  lastSeenAt: Millis,
  userAgent: z.string(),
  address: z.string(),
})
export type SessionInfo = z.infer<typeof SessionInfo>

// What people type, shared by forms and services.
export const Email = z
  .string()
  .trim()
  .max(254, "That e-mail address is too long.")
  .pipe(z.email("That is not an e-mail address."))
  .transform((s) => s.toLowerCase())
export const Password = z
  .string()
  .refine((s) => codePoints(s) >= 12, "A password has at least 12 characters.")
  .refine((s) => s.length <= 512, "That password is too long.")
export const DisplayName = name("The name")
export const GuildName = name("The server's name")
export const InstanceName = name("The name")
/** Empty: the group is called by its people. */
export const GroupName = z
  .string()
  .max(200, "The name is too long.")
  .refine((s) => s.isWellFormed(), "The name has broken characters.")
  .transform(cleanName)
  .refine((s) => codePoints(s) <= 80, "The name has more than 80 characters.")
export const RoleName = name("The role's name")
export const ChannelName = name("The channel's name").transform((s) => s.toLowerCase().replace(/\s+/g, "-"))
export const ChannelTopic = z
  .string()
  .max(2048, "The topic is too long.")
  .refine((s) => s.isWellFormed(), "The topic has broken characters.")
  .transform(cleanName)
  .refine((s) => codePoints(s) <= 250, "The topic has more than 250 characters.")

import { z } from "zod"
import { ChannelName, ChannelTopic, DisplayName, Email, GuildName, InstanceName, Password } from "./entity.ts"
import { MAX_SLOWMODE_SECONDS, PAGE_LIMIT } from "./limits.ts"
import { Seq } from "./message.ts"
import { Snowflake } from "./snowflake.ts"

/** What people send to the API, one schema a request: forms and services parse with the same. */

/** Every list is paged: `next` of one answer is the `cursor` of the next request. */
export const ListRequest = z.object({
  cursor: z.string().max(300).optional(),
  limit: z.number().int().min(1).max(PAGE_LIMIT).default(50),
})
export type ListRequest = z.infer<typeof ListRequest>
export interface Listed<T> {
  items: T[]
  next: string | null
}

export const SetupRequest = z.object({
  code: z.string().trim().max(100),
  instanceName: InstanceName,
  displayName: DisplayName,
  email: Email,
  password: Password,
})
/** Whatever was typed: a wrong form of address is a wrong address. */
export const SignInRequest = z.object({ email: z.string().max(1000), password: z.string().max(1000) })
/** A code never tells by its form whether it exists. */
export const InviteCode = z.string().trim().min(1, "The invite code is empty.").max(100, "That is not an invite code.")
export const RegisterRequest = z.object({
  email: Email,
  password: Password,
  displayName: DisplayName,
  inviteCode: InviteCode.optional(),
})
export const UpdateAccountRequest = z.object({ displayName: DisplayName })
export const ChangePasswordRequest = z.object({ oldPassword: z.string().max(1000), newPassword: Password })
export const RevokeSessionRequest = z.object({ sessionId: z.uuid("That is not a session.") })

export const GuildRequest = z.object({ guildId: Snowflake })
export const CreateGuildRequest = z.object({ name: GuildName })
export const UpdateGuildRequest = GuildRequest.extend({ name: GuildName })

export const MAX_CHANNELS = 500
export const MAX_ROLES = 250
export const ChannelRequest = z.object({ channelId: Snowflake })
export const CreateChannelRequest = GuildRequest.extend({ name: ChannelName, topic: ChannelTopic.optional() })
export const UpdateChannelRequest = ChannelRequest.extend({
  name: ChannelName.optional(),
  topic: ChannelTopic.optional(),
  /** 0: none. */
  slowmodeSeconds: z.number().int().min(0).max(MAX_SLOWMODE_SECONDS).optional(),
}).refine(
  (c) => c.name !== undefined || c.topic !== undefined || c.slowmodeSeconds !== undefined,
  "There is nothing to change.",
)
/** All channels that one sees of the server, in their new order. */
export const ReorderChannelsRequest = GuildRequest.extend({ channelIds: z.array(Snowflake).min(1).max(MAX_CHANNELS) })

const MINUTE = 60_000
export const MAX_INVITE_LIFE_MS = 30 * 24 * 60 * MINUTE
export const CreateInviteRequest = GuildRequest.extend({
  expiresInMs: z
    .number()
    .int()
    .min(MINUTE, "An invite lives for at least a minute.")
    .max(MAX_INVITE_LIFE_MS, "An invite lives for at most 30 days, or for ever.")
    .nullable(),
  maxUses: z
    .number()
    .int()
    .min(1, "An invite has at least one use.")
    .max(1000, "An invite has at most 1,000 uses.")
    .nullable(),
})
export const InviteRequest = z.object({ code: InviteCode })
export const ListInvitesRequest = ListRequest.extend(GuildRequest.shape)

export const MemberRequest = GuildRequest.extend({ userId: Snowflake })
export const SetRolesRequest = MemberRequest.extend({ roleIds: z.array(Snowflake).max(MAX_ROLES) })
export const MAX_SUGGESTED = 10
export const SearchMembersRequest = GuildRequest.extend({
  /** How the name begins; empty: the first of all. */
  prefix: z.string().max(80),
  limit: z.number().int().min(1).max(MAX_SUGGESTED).default(MAX_SUGGESTED),
})
/** `prefix`: of those alone whose names begin so. */
export const ListMembersRequest = ListRequest.extend({ ...GuildRequest.shape, prefix: z.string().max(80).optional() })

export const PageRequest = ChannelRequest.extend({
  before: Seq.optional(),
  after: z.number().int().nonnegative().optional(),
  around: Seq.optional(),
  limit: z.number().int().min(1).max(PAGE_LIMIT).default(50),
}).refine(
  (c) => [c.before, c.after, c.around].filter((x) => x !== undefined).length <= 1,
  "Only one of before, after and around.",
)
export const UsersRequest = z.object({ userIds: z.array(Snowflake).max(100) })

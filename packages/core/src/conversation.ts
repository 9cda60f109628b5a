import { z } from "zod"
import { GroupName, GuildSnapshot, UserCard } from "./entity.ts"
import { MAX_CONVERSATIONS, MAX_IN_GROUP } from "./limits.ts"
import { Message } from "./message.ts"
import { ListRequest, SearchMembersRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

export const OpenConversationRequest = z.object({
  /** The others: one of them makes a conversation of two, of which there is one; several make a new group. */
  userIds: z
    .array(Snowflake)
    .min(1)
    .max(MAX_IN_GROUP - 1, `A group has at most ${MAX_IN_GROUP} people.`),
  name: GroupName.optional(),
})
/** How the name begins of somebody whom one could write to. */
export const FindPeopleRequest = SearchMembersRequest.omit({ guildId: true })
export const ConversationRequest = z.object({ conversationId: Snowflake })
export const MuteConversationRequest = ConversationRequest.extend({ muted: z.boolean() })
export const RenameConversationRequest = ConversationRequest.extend({ name: GroupName })
/** Takes the icon away; how one is given: `POST /api/conversations/<id>/icon`. */
export const RemoveIconRequest = ConversationRequest
export const PersonInConversationRequest = ConversationRequest.extend({ userId: Snowflake })
export const AddToConversationRequest = ConversationRequest.extend({
  userIds: z
    .array(Snowflake)
    .min(1)
    .max(MAX_IN_GROUP - 1),
})
export const ConversationLinesRequest = z.object({ conversationIds: z.array(Snowflake).min(1).max(MAX_CONVERSATIONS) })
/** What was said last. Without `message` nothing was, or it was deleted. */
export const ConversationLine = z.object({
  id: Snowflake,
  message: Message.optional(),
  author: UserCard.optional(),
})
export type ConversationLine = z.infer<typeof ConversationLine>

/** All that one is in, also those that were closed, in the order in which somebody wrote there last. */
export const ListConversationsRequest = ListRequest
export const ConversationItem = GuildSnapshot.extend({ closed: z.boolean() })
export type ConversationItem = z.infer<typeof ConversationItem>

/** Who may write to one for the first time without being asked to: everybody whom one shares a server with, or nobody. */
export const WritingRules = z.object({ asksFirst: z.boolean() })
export type WritingRules = z.infer<typeof WritingRules>

export const BlockRequest = z.object({ userId: Snowflake, blocked: z.boolean() })

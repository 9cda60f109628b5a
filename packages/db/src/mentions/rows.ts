import {
  can,
  guildRoom,
  isPublicChannel,
  type Audience,
  type GuildRules,
  type Overwrite,
  mentionsIn,
  type Message,
  type Snowflake,
  userRoom,
  viewersRoom,
  type MentionKind,
} from "@hearth/core"
import { and, eq, inArray } from "drizzle-orm"
import { loadChannel, loadGuilds } from "../access/load.ts"
import type { Queryable } from "../client.ts"
import { members } from "../schema/guild.ts"
import type { Alerted } from "./alerted.ts"

/** That a message addresses somebody, and the room of those who hear of it. */
export interface Mention {
  targetId: Snowflake
  channelId: Snowflake
  seq: number
  kind: MentionKind
  authorId: Snowflake
  /** Of a thread: the channel that it hangs in. */
  parentId: Snowflake | null
  at: number
  room: Audience
}

/** A message, and whose message it answers. */
export interface Said {
  message: Message
  answers: Snowflake | null
}

/** Whether a message may address somebody at all: asked of each, so it costs a look. */
export const mayAddress = ({ content, replyTo, deleted }: Message): boolean =>
  !deleted && (replyTo !== null || content.includes("<@") || /@(?:everyone|here)/.test(content))

/** A channel, and who is told what concerns more than one person in it. */
export interface Place {
  rules: GuildRules
  channelId: Snowflake
  parentId: Snowflake | null
  overwrites: readonly Overwrite[]
  room: Audience
  /** A conversation: whatever is written is written to all of its people. */
  direct?: boolean
}

/** null: the channel is gone. */
export const loadPlace = async (q: Queryable, channelId: Snowflake): Promise<Place | null> => {
  const channel = await loadChannel(q, channelId)
  const [guild] = channel ? await loadGuilds(q, [channel.channel.guildId]) : []
  if (!channel || !guild) return null
  const { rules } = guild
  const { overwrites, parentId } = channel
  const room = isPublicChannel(rules, overwrites) ? guildRoom(rules.guildId) : viewersRoom(parentId ?? channelId)
  return { rules, channelId, parentId, overwrites, room }
}

/** What these people may do in a channel now. Who is no member may nothing. */
export const loadMay = async (q: Queryable, { rules, overwrites }: Place, userIds: Iterable<Snowflake>) => {
  const found = await q
    .select({ userId: members.userId, roleIds: members.roleIds })
    .from(members)
    .where(and(eq(members.guildId, rules.guildId), inArray(members.userId, [...userIds])))
  const actors = new Map(found.map((m) => [m.userId, m]))
  return (userId: Snowflake, permission: "VIEW_CHANNEL" | "MENTION_EVERYONE"): boolean => {
    const actor = actors.get(userId)
    return actor !== undefined && can(rules, actor, permission, overwrites)
  }
}

/** Whom it is told to alone: it says something of one person. */
export const isOfOne = (kind: MentionKind): boolean => kind === "user" || kind === "reply" || kind === "keyword"

/**
 * Whom messages of one channel address, by what holds now: people who may view it, roles of its guild, and everybody where the
 * author may call everybody. Nobody addresses themselves.
 */
export const addressedBy = async (
  q: Queryable,
  place: Place,
  said: readonly Said[],
  alerted: Alerted = new Map(),
): Promise<Mention[]> => {
  const { rules, channelId, parentId } = place
  const { guildId } = rules
  const calls = said.map(({ message, answers }) => ({ message, answers, named: mentionsIn(message.content) }))
  const people = new Set(
    calls.flatMap(({ message, answers, named }) =>
      [message.authorId, answers ?? [], named.userIds, alerted.get(message.seq) ?? []].flat(),
    ),
  )
  const may = await loadMay(q, place, people)
  const roleIds = new Set(rules.roles.map((r) => r.id))

  return calls.flatMap(({ message, answers, named }) => {
    const { authorId, seq } = message
    const kinds = new Map<Snowflake, MentionKind>()
    if (place.direct && !message.deleted) kinds.set(guildId, "direct")
    const all = named.everyone || named.roleIds.includes(guildId)
    if ((all || named.here) && may(authorId, "MENTION_EVERYONE")) kinds.set(guildId, all ? "everyone" : "here")
    for (const id of named.roleIds) if (id !== guildId && roleIds.has(id)) kinds.set(id, "role")
    for (const id of named.userIds) if (id !== authorId && may(id, "VIEW_CHANNEL")) kinds.set(id, "user")
    if (answers !== null && answers !== authorId && !kinds.has(answers) && may(answers, "VIEW_CHANNEL"))
      kinds.set(answers, "reply")
    for (const id of alerted.get(seq) ?? [])
      if (id !== authorId && !kinds.has(id) && may(id, "VIEW_CHANNEL")) kinds.set(id, "keyword")
    return [...kinds].map(
      ([targetId, kind]): Mention => ({
        targetId,
        channelId,
        seq,
        kind,
        authorId,
        parentId,
        at: message.editedAt ?? message.createdAt,
        room: isOfOne(kind) ? userRoom(targetId) : place.room,
      }),
    )
  })
}

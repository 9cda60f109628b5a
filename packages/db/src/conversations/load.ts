import { type Conversation, type EventPayload, MAX_SHOWN_PEOPLE, type Snowflake, type UserCard } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"
import { loadGuildSnapshot } from "../access/load.ts"
import { type CardRow, toCard } from "../card.ts"
import { unreadMentions } from "../mentions/unread.ts"

/** A conversation as one of its people has it. */
export interface OwnConversation extends Conversation {
  closed: boolean
}

interface Row extends Record<string, unknown> {
  id: Snowflake
  isDirect: boolean
  ownerId: Snowflake | null
  muted: boolean
  closed: boolean
  request: "accepted" | "pending" | "declined"
  count: number
  people: CardRow[]
  blocked: boolean
  icon: string | null
}

/** Those of the ids that are conversations of this user, by id. */
export const loadConversations = async (
  q: Queryable,
  userId: Snowflake,
  ids: readonly Snowflake[],
): Promise<Map<Snowflake, OwnConversation>> => {
  if (ids.length === 0) return new Map()
  const { rows } = await q.execute<Row>(sql`
    select k.id::text as id, k.low_id is not null as "isDirect", k.owner_id::text as "ownerId", o.muted, o.closed, o.request, k.icon,
      exists (
        select from blocks b where b.user_id = o.user_id and b.blocked_id in (k.low_id, k.high_id)) as blocked,
      (select count(*)::int from members m where m.guild_id = k.id) as count,
      coalesce((select json_agg(x order by x.n) from (
        select u.id::text as id, u.display_name as "displayName", u.portrait, row_number() over (order by m.joined_at, u.id) as n
        from members m join users u on u.id = m.user_id
        where m.guild_id = k.id and m.user_id <> o.user_id order by m.joined_at, u.id limit ${MAX_SHOWN_PEOPLE}
      ) x), '[]') as people
    from conversation_members o join conversations k on k.id = o.conversation_id
    where o.user_id = ${userId}::bigint and k.id = any(${`{${ids.join()}}`}::bigint[])`)
  return new Map(
    rows.map(({ id, isDirect, ownerId, muted, closed, request, count, people, blocked, icon }) => [
      id,
      {
        kind: isDirect ? "direct" : "group",
        ownerId,
        people: people.map((row): UserCard => toCard(row)),
        count,
        muted,
        pending: request === "pending",
        ...(blocked && { blocked }),
        ...(icon !== null && { icon }),
        closed,
      },
    ]),
  )
}

/** Without what only lists say. */
export const toConversation = (own: OwnConversation): Conversation => {
  const { closed: _, ...conversation } = own
  return conversation
}

/** What one of its people is told when it comes into their list. null: they are not in it. */
export const addedTo = async (
  q: Queryable,
  userId: Snowflake,
  id: Snowflake,
): Promise<EventPayload<"conversation:added"> | null> => {
  const own = (await loadConversations(q, userId, [id])).get(id)
  const snapshot = own && (await loadGuildSnapshot(q, id, userId))
  if (!snapshot) return null
  const { rows } = await q.execute<{ head: number; lastReadSeq: number }>(sql`
    select c.last_seq as head, coalesce(r.last_read_seq, 0) as "lastReadSeq" from channels c
    left join read_states r on r.channel_id = c.id and r.user_id = ${userId}::bigint where c.id = ${id}::bigint`)
  const { head = 0, lastReadSeq = 0 } = rows[0] ?? {}
  const mentions = (await unreadMentions(q, [userId], id)).get(userId)?.[id] ?? []
  return { snapshot: { ...snapshot, conversation: toConversation(own) }, head, lastReadSeq, mentions }
}

import { MAX_IN_GROUP, type PersonReceipt, type Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import { type CardRow, toCard } from "../card.ts"
import type { Queryable } from "../client.ts"
import { areOpen, isShown } from "./shown.ts"

interface Row extends CardRow, Record<string, unknown> {
  since: number
  delivered: number
  read: number
}

/**
 * How far the others have a conversation, as one of its people may know it, by name. Who tells nothing, and who is told nothing,
 * stands there as when they came in, where their marks begin: as if nothing had arrived. Of two of whom one blocked the other it
 * stays what it was: both know that nobody writes there; in a group they do not see each other's.
 */
export const loadReceipts = async (
  q: Queryable,
  readerId: Snowflake,
  conversationId: Snowflake,
): Promise<PersonReceipt[]> => {
  const { rows } = await q.execute<Row>(sql`
    select u.id::text as id, u.display_name as "displayName", u.portrait, coalesce(r.since, 0) as since,
      coalesce(case when t.told then r.delivered else r.since end, 0) as delivered,
      coalesce(case when t.told then r.read else r.since end, 0) as read
    from conversation_members me join conversations k on k.id = me.conversation_id
      join conversation_members o on o.conversation_id = me.conversation_id and o.user_id <> me.user_id
      join users u on u.id = o.user_id
      left join receipts r on r.conversation_id = o.conversation_id and r.user_id = o.user_id
      cross join lateral (select me.request = 'accepted' and o.request = 'accepted'
        and ${isShown(sql`me.user_id`)} and ${isShown(sql`o.user_id`)}
        and (k.low_id is not null or ${areOpen(sql`me.user_id`, sql`o.user_id`)}) as told) t
    where me.conversation_id = ${conversationId}::bigint and me.user_id = ${readerId}::bigint
    order by lower(u.display_name), u.id limit ${MAX_IN_GROUP}`)
  return rows.map((row) => ({ user: toCard(row), since: row.since, delivered: row.delivered, read: row.read }))
}

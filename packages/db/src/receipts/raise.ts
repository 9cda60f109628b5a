import type { Receipt, Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "../client.ts"
import { areOpen, isShown } from "./shown.ts"

export interface Move extends Receipt {
  conversationId: Snowflake
  /** A head of it that is known to be written: nobody has what was not. */
  known: number
}

/** Marks that rose in a conversation, and who is told. */
export interface Moved {
  conversationId: Snowflake
  people: Snowflake[]
  /** `not`: those among the people whom one of them is not told of. */
  receipts: (Receipt & { not?: Snowflake[] })[]
}

/**
 * Raises marks, each of a person in a conversation at most once, and says whose rose. Nothing moves of who tells nothing: who was
 * not let in yet, who has receipts off, who is invisible, and two of whom one blocked the other. It is asked here and not where the
 * mark comes from: what is decided while a mark waits to be written holds.
 */
export const raiseReceipts = async (q: Queryable, moves: readonly Move[]): Promise<Moved[]> => {
  if (moves.length === 0) return []
  const rows = moves.map(({ conversationId, userId, delivered, read, known }) => ({
    c: conversationId,
    u: userId,
    d: delivered,
    r: read,
    k: known,
  }))
  const { rows: rose } = await q.execute<Receipt & { conversationId: Snowflake }>(sql`
    insert into receipts as r (conversation_id, user_id, delivered, read)
    select m.c, m.u, greatest(least(m.d, greatest(m.k, m.head)), m.r), m.r
    from (
      select v.*, c.last_seq as head
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v(c bigint, u bigint, d bigint, r bigint, k bigint)
        join conversation_members o on o.conversation_id = v.c and o.user_id = v.u and o.request = 'accepted'
        join conversations k on k.id = v.c join channels c on c.id = v.c
      where ${isShown(sql`v.u`)}
        and not exists (select from user_status s where s.user_id = v.u and s.state = 'invisible')
        and (k.low_id is null or ${areOpen(sql`k.low_id`, sql`k.high_id`)})
    ) m
    where m.r > 0 or (m.d > 0 and greatest(m.k, m.head) > 0)
    order by m.c, m.u
    on conflict (conversation_id, user_id) do update
      set delivered = greatest(r.delivered, excluded.delivered), read = greatest(r.read, excluded.read)
      where r.delivered < excluded.delivered or r.read < excluded.read
    returning conversation_id::text as "conversationId", user_id::text as "userId", delivered, read`)
  if (rose.length === 0) return []
  const ids = `{${[...new Set(rose.map((move) => move.conversationId))].join()}}`
  const { rows: told } = await q.execute<{ id: Snowflake; people: Snowflake[]; isGroup: boolean }>(sql`
    select k.id::text as id, array_agg(o.user_id::text) as people, k.low_id is null as "isGroup"
    from conversations k join conversation_members o on o.conversation_id = k.id
    where k.id = any(${ids}::bigint[]) and o.request = 'accepted' and ${isShown(sql`o.user_id`)}
    group by k.id`)
  const apart = await blocksAmong(
    q,
    rose.map((move) => move.userId),
    told.flatMap(({ isGroup, people }) => (isGroup ? people : [])),
  )
  return told.map(({ id, people }) => ({
    conversationId: id,
    people,
    receipts: rose
      .filter((move) => move.conversationId === id)
      .map(({ userId, delivered, read }) => {
        const not = people.filter((other) => apart.has(`${userId}:${other}`))
        return { userId, delivered, read, ...(not.length > 0 && { not }) }
      }),
  }))
}

/** Of whom one blocked the other, both ways. */
const blocksAmong = async (
  q: Queryable,
  those: readonly Snowflake[],
  others: readonly Snowflake[],
): Promise<ReadonlySet<string>> => {
  if (others.length === 0) return new Set()
  const [a, b] = [those, others].map((list) => `{${[...new Set(list)].join()}}`)
  const { rows } = await q.execute<{ by: Snowflake; of: Snowflake }>(sql`
    select user_id::text as by, blocked_id::text as of from blocks
    where (user_id = any(${a}::bigint[]) and blocked_id = any(${b}::bigint[]))
      or (user_id = any(${b}::bigint[]) and blocked_id = any(${a}::bigint[]))`)
  return new Set(rows.flatMap(({ by, of }) => [`${by}:${of}`, `${of}:${by}`]))
}

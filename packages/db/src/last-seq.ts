import type { Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Queryable } from "./client.ts"

/** Writes heads that are known to be committed to `channels.last_seq`, which only rises. */
export const raiseLastSeq = async (q: Queryable, heads: Iterable<readonly [Snowflake, number]>): Promise<void> => {
  // Sorted, so that nodes which write the same rows wait for each other and never in a circle.
  const rows = [...heads].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1)).map(([id, head]) => ({ id, head }))
  if (rows.length === 0) return
  await q.execute(sql`
    update channels c set last_seq = greatest(c.last_seq, v.head)
    from (select c.id, v.head from channels c join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as v(id bigint, head int) on v.id = c.id where c.last_seq < v.head order by c.id for no key update of c) v
    where c.id = v.id`)
}

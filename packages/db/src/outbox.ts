import type { Audience, OutboxKind, OutboxPayload, Pos, Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Database, Queryable, Transaction } from "./client.ts"

export interface OutboxRefs {
  guildId?: Snowflake
  channelId?: Snowflake
  userId?: Snowflake
}
interface Entry extends OutboxRefs {
  audience: Audience
  kind: OutboxKind
  payload: unknown
}

/** Serialises the last moment of every transaction that has something to tell: order of positions = order of commits. */
const OUTBOX_LOCK = 7301
const pending = new WeakMap<Transaction, Entry[]>()

/** Notes a change to be told when the transaction commits. Only inside `transact`. */
export const addToOutbox = <K extends OutboxKind>(
  tx: Transaction,
  audience: Audience,
  kind: K,
  payload: OutboxPayload<K>,
  refs: OutboxRefs = {},
): void => {
  const entries = pending.get(tx)
  if (!entries) throw new Error("addToOutbox outside of transact()")
  entries.push({ audience, kind, payload, ...refs })
}

/**
 * A transaction whose outbox rows get their positions as its very last step, under a lock that is held until the commit.
 * So who reads `pos > cursor` never skips a row that commits late.
 */
export const transact = <T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    const entries: Entry[] = []
    pending.set(tx, entries)
    const result = await work(tx)
    pending.delete(tx)
    if (entries.length > 0) {
      await tx.execute(sql`select pg_advisory_xact_lock(${OUTBOX_LOCK})`)
      await tx.execute(sql`
        insert into outbox (pos, kind, audience, guild_id, channel_id, user_id, payload)
        select nextval('outbox_pos'), e.kind, e.audience, e."guildId"::bigint, e."channelId"::bigint, e."userId"::bigint, e.payload
        from (select x.*, ord from rows from (jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
          as (kind text, audience text, "guildId" text, "channelId" text, "userId" text, payload jsonb)) with ordinality
          as x(kind, audience, "guildId", "channelId", "userId", payload, ord) order by ord) e`)
      await tx.execute(sql`select pg_notify('outbox', '')`)
    }
    return result
  })

export interface OutboxRow extends OutboxRefs {
  pos: Pos
  kind: OutboxKind
  audience: Audience
  payload: unknown
}

/** Rows after `pos`, in commit order, at most `limit`. */
export const readOutbox = async (db: Queryable, after: Pos, limit = 500): Promise<OutboxRow[]> => {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select pos::text as pos, kind, audience, guild_id::text as "guildId", channel_id::text as "channelId", user_id::text as "userId", payload
    from outbox where pos > ${after}::bigint order by outbox.pos limit ${limit}`)
  return rows as unknown as OutboxRow[]
}

/** The newest position that is visible to this snapshot; "0" when there is none. */
export const outboxHead = async (db: Queryable): Promise<Pos> => {
  const { rows } = await db.execute<{ pos: string }>(sql`select coalesce(max(pos), 0)::text as pos from outbox`)
  return rows[0]!.pos
}

/** The oldest position that is kept: a reader below it has missed something. "0" when the outbox is empty. */
export const outboxTail = async (db: Queryable): Promise<Pos> => {
  const { rows } = await db.execute<{ pos: string }>(sql`select coalesce(min(pos), 0)::text as pos from outbox`)
  return rows[0]!.pos
}

/** Deletes what is older than `keepMs`, never the newest row. One process at a time; others skip. */
export const sweepOutbox = (db: Database, keepMs = 86_400_000): Promise<number> =>
  db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(7302) as locked`)
    if (!rows[0]?.locked) return 0
    const done = await tx.execute(sql`
      delete from outbox where at < now() - ${keepMs} * interval '1 millisecond' and pos < (select max(pos) from outbox)`)
    return done.rowCount ?? 0
  })

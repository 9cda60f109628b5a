import { type OutboxRow, outboxTail, readOutbox, type Queryable, schema } from "@hearth/db"
import type { Pos } from "@hearth/core"
import { drizzle } from "drizzle-orm/node-postgres"
import { sql } from "drizzle-orm"
import pg from "pg"
import type { Clocks } from "./clocks.ts"
import type { Logger } from "./logger.ts"
import type { Timings } from "./timings.ts"

export interface OutboxReader {
  /** Resolves when the node has begun at the outbox's head and has caught up once. Keeps trying until then. */
  start(): Promise<void>
  /** Every row up to here was taken in and told to the sockets of this node. */
  readonly cursor: Pos
  /** Asks at once, beside notifications and the timer. */
  wake(): void
  /** Resolves with true once the cursor has reached `pos`, with false when the outbox has no such position, or after `withinMs`. */
  reached(pos: Pos, withinMs: number): Promise<boolean>
  /** Rows in (after, cursor], from memory; null when it no longer goes back that far. */
  recent(after: Pos): OutboxRow[] | null
  /** Rows in (after, cursor] from the database; null when the outbox no longer goes back that far. */
  since(db: Queryable, after: Pos): Promise<OutboxRow[] | null>
  close(): Promise<void>
}

export interface OutboxReaderOptions {
  url: string
  timings: Timings
  clocks: Pick<Clocks, "steady" | "sync">
  log: Logger
  /** Takes one row in. Rows come one by one, in order; a row that rejects is given again. */
  onRow: (row: OutboxRow) => Promise<void>
  /** A poll that was sent then came back caught up. */
  onCaughtUp: (sentAt: number) => void
  /** The outbox was swept beyond the cursor: rows were missed. Takes everything anew. */
  onMissed: () => Promise<void>
}

const databaseTime = async (db: Queryable): Promise<number> => {
  const { rows } = await db.execute<{ now: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  )
  const [row] = rows
  if (!row) throw new Error("the database told no time")
  return row.now
}

const PAGE = 500
const KEEP = 10_000

/**
 * Reads the whole outbox, in order, on a connection of its own: NOTIFY wakes it, a timer asks besides. There is no relay and no
 * claim: every node reads every row. Whatever goes wrong, the connection is thrown away and a new one begins at the cursor.
 */
export const createOutboxReader = (options: OutboxReaderOptions): OutboxReader => {
  const { url, timings, clocks, log, onRow, onCaughtUp, onMissed } = options
  let cursor = -1n
  let client: pg.Client | null = null
  let checkTail = false
  let closed = false
  let asked = false
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  const ring: { at: bigint; row: OutboxRow }[] = []
  /** `ring` holds every row above this. */
  let ringFrom = 0n
  const waiters = new Set<{ pos: bigint; done: (reached: boolean) => void; since: number }>()
  let started: (() => void) | null = null

  const drop = (): void => {
    const old = client
    client = null
    // A connection that hangs does not answer a polite end either.
    ;(old as unknown as { connection?: { stream?: { destroy(): void } } } | null)?.connection?.stream?.destroy()
  }

  const connect = async (): Promise<pg.Client> => {
    if (client) return client
    const fresh = new pg.Client({
      connectionString: url,
      application_name: "hearth-outbox",
      connectionTimeoutMillis: timings.outboxTimeout,
      query_timeout: timings.outboxTimeout,
      keepAlive: true,
    })
    // Comes twice when the server ends the connection; without a listener it would end the process.
    fresh.on("error", (error) => {
      if (closed) return
      log.warn({ err: error.message }, "outbox connection lost")
      if (client === fresh) drop()
      wake()
    })
    fresh.on("notification", () => wake())
    try {
      await fresh.connect()
      await fresh.query("listen outbox")
    } catch (error) {
      ;(fresh as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream?.destroy()
      throw error
    }
    client = fresh
    checkTail = true
    return fresh
  }

  const settle = (caughtUpAt: number | null): void => {
    for (const waiter of waiters) {
      if (cursor >= waiter.pos) waiter.done(true)
      // Caught up by a question that was asked later, and still not there: no such position.
      else if (caughtUpAt !== null && caughtUpAt > waiter.since) waiter.done(false)
    }
  }

  const poll = async (): Promise<void> => {
    const db = drizzle(await connect(), { schema, casing: "snake_case" }) as unknown as Queryable
    if (cursor < 0n) {
      const { rows } = await (db as ReturnType<typeof drizzle>).execute(
        "select coalesce(max(pos), 0)::text as pos from outbox",
      )
      cursor = BigInt((rows[0] as { pos: string }).pos)
      ringFrom = cursor
    }
    if (checkTail) {
      const tail = BigInt(await outboxTail(db))
      if (tail > cursor + 1n) {
        const { rows } = await (db as ReturnType<typeof drizzle>).execute("select max(pos)::text as pos from outbox")
        const head = BigInt((rows[0] as { pos: string }).pos)
        log.warn(
          { cursor: cursor.toString(), tail: tail.toString() },
          "outbox rows were missed: everything is taken anew",
        )
        await onMissed()
        cursor = head
        ringFrom = head
        ring.length = 0
      }
      checkTail = false
    }
    // Before the rows are read: who is fresh again after a jump of the clock also knows the time again.
    await clocks.sync(() => databaseTime(db))
    for (;;) {
      const sentAt = clocks.steady()
      const rows = await readOutbox(db, cursor.toString(), PAGE)
      for (const row of rows) {
        if (closed) return
        await onRow(row)
        cursor = BigInt(row.pos)
        ring.push({ at: cursor, row })
        if (ring.length > KEEP * 2) ringFrom = ring.splice(0, KEEP).at(-1)?.at ?? ringFrom
      }
      if (rows.length === PAGE) continue
      onCaughtUp(sentAt)
      settle(sentAt)
      started?.()
      started = null
      return
    }
  }

  const loop = async (): Promise<void> => {
    while (asked && !closed) {
      asked = false
      clearTimeout(timer)
      try {
        await poll()
      } catch (error) {
        if (closed) return
        log.warn({ err: error instanceof Error ? error.message : String(error) }, "outbox poll failed")
        drop()
      }
    }
    if (!closed) {
      timer = setTimeout(wake, timings.outboxPoll)
      timer.unref()
    }
  }

  const wake = (): void => {
    if (closed) return
    asked = true
    running ??= loop().finally(() => {
      running = null
      if (asked) wake()
    })
  }

  const recent = (after: Pos): OutboxRow[] | null => {
    const from = BigInt(after)
    if (from < ringFrom) return null
    let i = ring.length
    while (i > 0 && (ring[i - 1]?.at ?? 0n) > from) i--
    return ring.slice(i).map((r) => r.row)
  }

  return {
    start() {
      const first = new Promise<void>((resolve) => {
        started = resolve
      })
      wake()
      return first
    },
    get cursor() {
      return cursor.toString()
    },
    wake,
    reached(pos, withinMs) {
      const wanted = BigInt(pos)
      if (cursor >= wanted) return Promise.resolve(true)
      return new Promise((resolve) => {
        const timeout = setTimeout(() => waiter.done(false), withinMs)
        const waiter = {
          pos: wanted,
          since: clocks.steady(),
          done: (reached: boolean) => {
            clearTimeout(timeout)
            waiters.delete(waiter)
            resolve(reached)
          },
        }
        waiters.add(waiter)
        wake()
      })
    },
    recent,
    async since(db, after) {
      const tail = BigInt(await outboxTail(db))
      const from = BigInt(after)
      if (from + 1n < tail) return null
      const rows: OutboxRow[] = []
      let at = after
      for (;;) {
        const page = await readOutbox(db, at, PAGE)
        for (const row of page) if (BigInt(row.pos) <= cursor) rows.push(row)
        // A snapshot is cheaper than a day of changes, and bounded.
        if (rows.length > KEEP) return null
        const last = page.at(-1)
        if (!last || page.length < PAGE || BigInt(last.pos) >= cursor) break
        at = last.pos
      }
      return rows
    },
    async close() {
      closed = true
      clearTimeout(timer)
      for (const waiter of waiters) waiter.done(false)
      // It may be connecting: what comes of that goes, too.
      await running?.catch(() => {})
      drop()
    },
  }
}

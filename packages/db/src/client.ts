import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres"
import type pg from "pg"
import { openWatchedPool } from "./pool.ts"
import * as schema from "./schema/index.ts"

export type Database = NodePgDatabase<typeof schema> & { $client: pg.Pool }
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0]
/** What a query runs on: the pool, or a transaction under way. */
export type Queryable = Database | Transaction

export interface DatabaseOptions {
  url: string
  /** Connections of this process. */
  max?: number
  /** How long to wait for a connection, in ms. */
  connectTimeoutMs?: number
  statementTimeoutMs?: number
  /** A broken idle connection is no reason to die: the pool makes a new one. */
  onError?: (error: Error) => void
}

export const openDatabase = ({
  url,
  max = 10,
  connectTimeoutMs = 2000,
  statementTimeoutMs = 10_000,
  onError = () => {},
}: DatabaseOptions): Database => {
  const pool = openWatchedPool(
    {
      connectionString: url,
      max,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      pulse: { longestMs: statementTimeoutMs + 1000 },
    },
    onError,
  )
  return drizzle(pool, { schema, casing: "snake_case" }) as Database
}

import { sql } from "drizzle-orm"
import type { Queryable } from "./client.ts"

/** How many migrations this code knows of. A constant, so that bundles need no files; a test holds it to the folders. */
export const schemaVersion = { postgres: 22, cassandra: 1 } as const

/** Throws, with a sentence for the operator, when a store lacks migrations that this code needs. A newer store is fine. */
export const requireVersion = (store: string, found: number, needed: number): void => {
  if (found < needed)
    throw new Error(
      found === 0
        ? `${store} has no Hearth schema yet (0 of ${needed} migrations). Start Hearth by "npm start", or run the migrations first.`
        : `${store} is behind this version of Hearth: it has ${found} of ${needed} migrations. Run the migrations first.`,
    )
}

/** Throws when PostgreSQL is behind this code. Apps ask at start: they never migrate by themselves. */
export const assertMigrated = async (db: Queryable): Promise<void> => {
  const { rows: tables } = await db.execute<{ found: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
  )
  if (!tables[0]?.found) return requireVersion("The database", 0, schemaVersion.postgres)
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  )
  requireVersion("The database", rows[0]?.count ?? 0, schemaVersion.postgres)
}

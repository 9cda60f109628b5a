import { fileURLToPath } from "node:url"
import { drizzle } from "drizzle-orm/node-postgres"
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator"
import pg from "pg"

export { type MigrateCassandraOptions, migrateCassandra } from "./message-store/cassandra/migrate.ts"
export { assertMigrated, schemaVersion } from "./schema-version.ts"

/** Who migrates holds it; a second one waits, and then finds nothing to do. */
const MIGRATION_LOCK = 7300

/** Brings PostgreSQL up to this code. Safe to run at once from several processes; ends when all is applied. */
export const migrate = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    // Said by "create … if not exists" each time: nobody needs to know.
    await client.query("set client_min_messages = warning")
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK])
    await applyMigrations(drizzle(client), {
      migrationsFolder: fileURLToPath(new URL("../migrations", import.meta.url)),
    })
  } finally {
    // The lock goes with the connection.
    await client.end()
  }
}

// Brings the stores that the environment names up to this code. Run once before the apps of a new version start.
import { migrate, migrateCassandra } from "@hearth/db/migrate"
import { parseEnv } from "../apps/realtime/src/env.ts"

const env = parseEnv(process.env)
await migrate(env.DATABASE_URL)
console.log("PostgreSQL is up to date.")
if (env.CASSANDRA_CONTACT_POINTS) {
  await migrateCassandra({
    contactPoints: env.CASSANDRA_CONTACT_POINTS,
    localDc: env.CASSANDRA_LOCAL_DC,
    keyspace: env.CASSANDRA_KEYSPACE,
  })
  console.log("The message store is up to date.")
}

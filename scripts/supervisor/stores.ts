import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { schemaVersion } from "@hearth/db"
import { EmbeddedPostgresError, startPostgres } from "@hearth/db/embedded"
import { migrate, migrateCassandra } from "@hearth/db/migrate"
import pg from "pg"
import type { Config } from "./config.ts"
import { StartError } from "./start-error.ts"
import type { Voice } from "./voice.ts"

export interface Stores {
  /** What the apps need to reach them. */
  env: Record<string, string>
  databaseUrl: string
  pids: Record<string, number>
  stop(): Promise<void>
}

/** Uses the stores that the environment names, starts those of the mode that it does not, and brings all to this code's schema. */
export const openStores = async (config: Config, voice: Voice): Promise<Stores> => {
  const { given, mode, dataDir } = config
  const opened: { pids: Record<string, number>; stop(): Promise<void> }[] = []
  const stop = async () => {
    for (const store of opened.reverse()) await store.stop()
  }
  const own = <T extends { pids: Record<string, number>; stop(): Promise<void> }>(store: T): T => {
    opened.push(store)
    return store
  }
  try {
    const databaseUrl = given.DATABASE_URL ?? own(await keepPostgres(join(dataDir, "postgres"), voice)).url
    await migratePostgres(databaseUrl, given.DATABASE_URL !== undefined, voice)
    const env: Record<string, string> = { DATABASE_URL: databaseUrl }
    if (mode === "cluster") {
      const { startClusterRedis, startClusterCassandra } = await import("./cluster-parts.ts")
      env.REDIS_URL = given.REDIS_URL ?? own(await startClusterRedis(dataDir, voice)).url
      const cassandra = given.CASSANDRA_CONTACT_POINTS
        ? { contactPoints: given.CASSANDRA_CONTACT_POINTS, localDc: given.CASSANDRA_LOCAL_DC }
        : own(await startClusterCassandra(dataDir, voice))
      env.CASSANDRA_CONTACT_POINTS = cassandra.contactPoints.join(",")
      if (cassandra.localDc) env.CASSANDRA_LOCAL_DC = cassandra.localDc
      await migrateMessages({ ...cassandra, keyspace: given.CASSANDRA_KEYSPACE }, voice)
    } else if (given.CASSANDRA_CONTACT_POINTS) {
      const address = { contactPoints: given.CASSANDRA_CONTACT_POINTS, localDc: given.CASSANDRA_LOCAL_DC }
      await migrateMessages({ ...address, keyspace: given.CASSANDRA_KEYSPACE }, voice)
    }
    return { env, databaseUrl, pids: Object.assign({}, ...opened.map(({ pids }) => pids)), stop }
  } catch (error) {
    await stop()
    if (error instanceof EmbeddedPostgresError) throw new StartError(error.message)
    throw error
  }
}

/** A PostgreSQL of our own, started again on the same port when it dies. */
const keepPostgres = async (dataDir: string, voice: Voice) => {
  voice.progress("Starting PostgreSQL …")
  let server = await startPostgres({ dataDir })
  voice.event({ event: "started", name: "postgres", pid: server.pid })
  const { url, port } = server
  let stopping = false
  const keep = async () => {
    for (let pause = 100; ; pause = Math.min(pause * 2, 5000)) {
      const { lines } = await server.exited
      if (stopping) return
      voice.progress(`PostgreSQL ended and is started again (its log: ${lines.at(-1) ?? "nothing"})`)
      await delay(pause)
      if (stopping) return
      try {
        server = await startPostgres({ dataDir, port })
        voice.event({ event: "started", name: "postgres", pid: server.pid })
        pause = 100
      } catch (error) {
        voice.progress(error instanceof Error ? error.message : String(error))
      }
    }
  }
  const keeping = keep()
  return {
    url,
    pids: { postgres: server.pid },
    stop: async () => {
      stopping = true
      await server.stop()
      await keeping
      await server.stop()
    },
  }
}

const migratePostgres = async (url: string, isGiven: boolean, voice: Voice) => {
  try {
    const applied = await appliedMigrations(url)
    if (applied > schemaVersion.postgres) {
      throw new StartError(
        `The data was written by a newer Hearth (${applied} migrations, this one knows ${schemaVersion.postgres}). Start that version, or bring back a backup made before it.`,
      )
    }
    if (applied < schemaVersion.postgres) voice.progress("Bringing the database up to date …")
    await migrate(url)
  } catch (error) {
    if (error instanceof StartError || !isGiven) throw error
    throw new StartError(`DATABASE_URL: PostgreSQL cannot be used there: ${reasonOf(error)}.`)
  }
}

const appliedMigrations = async (url: string): Promise<number> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const found = await client.query("select to_regclass('drizzle.__drizzle_migrations') is not null as found")
    if (!found.rows[0]?.found) return 0
    return (await client.query("select count(*)::int as n from drizzle.__drizzle_migrations")).rows[0].n as number
  } finally {
    await client.end()
  }
}

const migrateMessages = async (options: Parameters<typeof migrateCassandra>[0], voice: Voice) => {
  voice.progress("Bringing the message store up to date …")
  try {
    await migrateCassandra(options)
  } catch (error) {
    throw new StartError(
      `CASSANDRA_CONTACT_POINTS: the message store at ${options.contactPoints.join(",")} cannot be used: ${reasonOf(error)}.`,
    )
  }
}

const reasonOf = (error: unknown): string => {
  // Of a host with several addresses, each is an error of its own.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join(", ")
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "")
}

/** Whether somebody named this Hearth and made its first account. */
export const isSetUp = async (databaseUrl: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return (await client.query("select 1 from instance")).rowCount !== 0
  } finally {
    await client.end()
  }
}

import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { schemaVersion } from "@hearth/db"
import { EmbeddedPostgresError, startPostgres } from "@hearth/db/embedded"
import { migrate, migrateCassandra } from "@hearth/db/migrate"
import pg from "pg"
import { assertRedis } from "../../apps/realtime/src/redis-client.ts"
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

interface Own {
  pids: Record<string, number>
  stop(): Promise<void>
}

/** Uses the stores that the environment names, starts those of the mode that it does not, and brings all to this code's schema. */
export const openStores = async (config: Config, voice: Voice): Promise<Stores> => {
  const opened: Own[] = []
  const stop = async () => void (await Promise.all(opened.splice(0).map((store) => store.stop())))
  const own = <T extends Own>(store: T): T => {
    opened.push(store)
    return store
  }
  // All are awaited, even when one fails: what has started must be known to be stopped.
  const results = await Promise.allSettled([
    openPostgres(config, voice, own),
    openRedis(config, voice, own),
    openCassandra(config, voice, own),
  ])
  const failed = results.find((result) => result.status === "rejected")
  if (failed) {
    await stop()
    throw failed.reason instanceof EmbeddedPostgresError ? new StartError(failed.reason.message) : failed.reason
  }
  const env: Record<string, string> = Object.assign({}, ...results.map((result) => "value" in result && result.value))
  return { env, databaseUrl: env.DATABASE_URL ?? "", pids: Object.assign({}, ...opened.map(({ pids }) => pids)), stop }
}

type TakeOwn = <T extends Own>(store: T) => T

const openPostgres = async ({ given, dataDir }: Config, voice: Voice, own: TakeOwn) => {
  const url = given.DATABASE_URL ?? own(await keepPostgres(join(dataDir, "postgres"), voice)).url
  await migratePostgres(url, given.DATABASE_URL !== undefined, voice)
  return { DATABASE_URL: url }
}

const openRedis = async ({ given, mode, dataDir }: Config, voice: Voice, own: TakeOwn) => {
  if (given.REDIS_URL) {
    await checkRedis(given.REDIS_URL, voice)
    return { REDIS_URL: given.REDIS_URL }
  }
  if (mode === "embedded") return {}
  const { startClusterRedis } = await import("./cluster-parts.ts")
  return { REDIS_URL: own(await startClusterRedis(dataDir, voice)).url }
}

/** What can never work stops the start. What may be back in a moment does not: the nodes live without it, and look for it. */
const checkRedis = async (url: string, voice: Voice) => {
  const away = await assertRedis(url).catch((error: unknown) => {
    throw new StartError(error instanceof Error ? error.message : String(error))
  })
  if (away?.includes("ENOTFOUND")) throw new StartError(`REDIS_URL: there is no such host (${away}).`)
  if (away) voice.progress(`REDIS_URL: Redis does not answer there (${away}). Hearth does without it until it does.`)
}

const openCassandra = async ({ given, mode, dataDir }: Config, voice: Voice, own: TakeOwn) => {
  const address = given.CASSANDRA_CONTACT_POINTS
    ? { contactPoints: given.CASSANDRA_CONTACT_POINTS, localDc: given.CASSANDRA_LOCAL_DC }
    : mode === "cluster"
      ? own(await (await import("./cluster-parts.ts")).startClusterCassandra(dataDir, voice))
      : null
  if (!address) return {}
  const { contactPoints, localDc } = address
  await migrateMessages({ contactPoints, localDc, keyspace: given.CASSANDRA_KEYSPACE }, voice)
  return { CASSANDRA_CONTACT_POINTS: contactPoints.join(","), ...(localDc && { CASSANDRA_LOCAL_DC: localDc }) }
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
    const reason = reasonOf(error)
    if (options.localDc && /localDataCenter/.test(reason))
      throw new StartError(`CASSANDRA_LOCAL_DC: there is no data centre ${options.localDc} there: ${reason}.`)
    throw new StartError(
      `CASSANDRA_CONTACT_POINTS: the message store at ${options.contactPoints.join(",")} cannot be used: ${reason}.`,
    )
  }
}

const reasonOf = (error: unknown): string => {
  // Of a host with several addresses, each is an error of its own.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join(", ")
  // The Cassandra driver puts each host's error beside a message that holds their stacks.
  const { innerErrors } = error as { innerErrors?: Record<string, unknown> }
  const inner = innerErrors ? Object.values(innerErrors) : []
  if (inner.length > 0) return [...new Set(inner.map(reasonOf))].join(", ")
  const [sentence = ""] = (error instanceof Error ? error.message : String(error)).split("\n")
  return sentence.replace(/\.$/, "")
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

import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { assertMigrated, openDatabase, schema } from "@hearth/db"
import { migrate, migrateCassandra } from "@hearth/db/migrate"
import { EmbeddedPostgresError, startPostgres } from "@hearth/db/embedded"
import { type Say, StartError, step } from "./say.ts"
import type { Settings } from "./settings.ts"

export interface Stores {
  /** What the apps are told of them. */
  env: Record<string, string>
  stop(): Promise<void>
}

interface Stoppable {
  stop(): Promise<void>
}

/** Starts the stores that were not given by address, and brings all of them up to this code. */
export const openStores = async (settings: Settings, say: Say): Promise<Stores> => {
  const running: Stoppable[] = []
  const stop = async () => {
    for (const part of running.reverse()) await part.stop()
  }
  const cluster = settings.mode === "cluster"
  try {
    const database = settings.DATABASE_URL ?? (await embedded(settings, say, running))
    const redis = settings.REDIS_URL ?? (cluster ? await ownRedis(settings, say, running) : undefined)
    const points = settings.CASSANDRA_CONTACT_POINTS
    const cassandra = points
      ? { contactPoints: points.split(",").map((s) => s.trim()), localDc: settings.CASSANDRA_LOCAL_DC }
      : cluster
        ? await ownCassandra(settings, say, running)
        : undefined
    await step(say, "Schema", async () => {
      await migrate(database).catch(explain("DATABASE_URL"))
      if (cassandra)
        await migrateCassandra({ ...cassandra, keyspace: settings.CASSANDRA_KEYSPACE }).catch(
          explain("CASSANDRA_CONTACT_POINTS"),
        )
      await check(database)
    })
    return {
      env: {
        DATABASE_URL: database,
        ...(redis && { REDIS_URL: redis }),
        ...(cassandra && {
          CASSANDRA_CONTACT_POINTS: cassandra.contactPoints.join(","),
          CASSANDRA_KEYSPACE: settings.CASSANDRA_KEYSPACE,
          ...(cassandra.localDc && { CASSANDRA_LOCAL_DC: cassandra.localDc }),
        }),
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error instanceof EmbeddedPostgresError ? new StartError(error.message) : error
  }
}

/** Whether somebody has set this Hearth up. */
export const isSetUp = async (url: string): Promise<boolean> => {
  const db = openDatabase({ url, max: 1 })
  try {
    return (await db.select({ id: schema.instance.id }).from(schema.instance).limit(1)).length > 0
  } finally {
    await db.$client.end()
  }
}

const embedded = (settings: Settings, say: Say, running: Stoppable[]) =>
  step(say, "PostgreSQL", async () => {
    const postgres = await startPostgres({ dataDir: join(settings.dataDir, "postgres"), maxConnections: 200 })
    running.push(postgres)
    say.event("started", { name: "postgres", pid: postgres.pid })
    return postgres.url
  })

// Loaded on demand: an embedded start needs neither.
const parts = () => import("@hearth/testing/parts")

const ownRedis = (settings: Settings, say: Say, running: Stoppable[]) =>
  step(say, "Redis", async () => {
    const { startRedis } = await parts()
    const redis = await startRedis().catch(missing("REDIS_URL"))
    running.push(redis)
    return redis.url
  })

const ownCassandra = (settings: Settings, say: Say, running: Stoppable[]) =>
  step(say, "Cassandra", async () => {
    const { startCassandra } = await parts()
    const dataDir = join(settings.dataDir, "cassandra")
    mkdirSync(dataDir, { recursive: true })
    const cassandra = await startCassandra({ dataDir }).catch(missing("CASSANDRA_CONTACT_POINTS"))
    running.push(cassandra)
    return { contactPoints: cassandra.contactPoints, localDc: cassandra.localDc }
  })

const check = async (url: string) => {
  const db = openDatabase({ url, max: 1 })
  try {
    await assertMigrated(db)
  } catch (error) {
    throw new StartError((error as Error).message)
  } finally {
    await db.$client.end()
  }
}

const explain = (variable: string) => (error: unknown) => {
  throw new StartError(`${variable}: ${messageOf(error)}`)
}
const missing = (variable: string) => (error: unknown) => {
  throw new StartError(`${messageOf(error)} Or give the address of one that runs in ${variable}.`)
}
const messageOf = (error: unknown) => {
  const { message, cause } = error as Error & { cause?: Error }
  return cause?.message ? `${message.split("\n")[0]} (${cause.message})` : message || String(error)
}

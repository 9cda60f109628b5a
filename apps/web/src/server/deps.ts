import { createRequire } from "node:module"
import { join } from "node:path"
import { type Deps, makesIconsApart } from "@hearth/api"
import { type FileStore, openLocalFiles, openS3Files } from "@hearth/api/file-store"
import type { Snowflake } from "@hearth/core"
import { type Database, deriveKey, openDatabase, schema } from "@hearth/db"
import { type MessageStore, openBodies, openCassandraStore, openPostgresStore } from "@hearth/db/message-store"
import { openMemoryRateLimits, openRedisRateLimits, type RateLimits } from "@hearth/db/rate-limits"
import { eq } from "drizzle-orm"
import packageJson from "../../package.json" with { type: "json" }
import { env } from "./env.ts"
import { dbLog, httpLog } from "./logger.ts"
import { once } from "./once.ts"
import { redisWatch } from "./redis-watch.ts"

const openStore = (db: Database): MessageStore => {
  const { DATABASE_URL, DATABASE_POOL, HEARTH_SECRET, HEARTH_BODY_KEYS: bodyKeys, ...cassandra } = env()
  const macKey = deriveKey(HEARTH_SECRET, "body-mac")
  if (!cassandra.CASSANDRA_CONTACT_POINTS)
    return openPostgresStore({ url: DATABASE_URL, max: DATABASE_POOL, macKey, bodyKeys, onError: connectionBroke })
  return openCassandraStore({
    contactPoints: cassandra.CASSANDRA_CONTACT_POINTS,
    keyspace: cassandra.CASSANDRA_KEYSPACE,
    localDc: cassandra.CASSANDRA_LOCAL_DC,
    macKey,
    bodyKeys,
    headHint: (channelId) => lastSeqOf(db, channelId),
    onError: (err) => dbLog().warn({ err }, "Cassandra cannot be connected to"),
  })
}

/** Where to start looking for a channel's newest bucket. */
const lastSeqOf = async (db: Database, channelId: Snowflake): Promise<number> => {
  const { channels } = schema
  const [row] = await db.select({ lastSeq: channels.lastSeq }).from(channels).where(eq(channels.id, channelId))
  return row?.lastSeq ?? 0
}

const openLimits = (): RateLimits => {
  const { REDIS_URL, HEARTH_PREFIX } = env()
  if (!REDIS_URL) return openMemoryRateLimits()
  return openRedisRateLimits({ url: REDIS_URL, prefix: HEARTH_PREFIX, onError: redisWatch().failed })
}

const openFiles = (): FileStore => {
  const { FILES_DIR, S3_ENDPOINT, S3_BUCKET = "", S3_REGION, S3_ACCESS_KEY_ID = "", S3_SECRET_ACCESS_KEY = "" } = env()
  if (S3_ENDPOINT === undefined) return openLocalFiles({ folder: FILES_DIR ?? "" })
  return openS3Files({
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  })
}

/** A file that Node runs as it is: no part of the bundle that this is in. The app's folder is where it runs. */
const pictureProcess = (): string =>
  createRequire(join(process.cwd(), "package.json")).resolve("@hearth/api/picture-process")

const connectionBroke = (err: Error) => dbLog().warn({ err }, "an idle connection broke")

/** What services are built on, by what the environment names. Opened when first needed, for the life of the process. */
export const deps = once("deps", (): Deps => {
  const { DATABASE_URL, DATABASE_POOL, HEARTH_SECRET, HEARTH_BODY_KEYS, RATE_LIMIT_SCALE } = env()
  const db = openDatabase({ url: DATABASE_URL, max: DATABASE_POOL, onError: connectionBroke })
  return {
    db,
    store: openStore(db),
    bodies: openBodies(HEARTH_BODY_KEYS),
    limits: openLimits(),
    files: openFiles(),
    makeIcon: makesIconsApart({ file: pictureProcess() }),
    onLeftOver: (err) => httpLog().warn({ err }, "files wait to be deleted"),
    secret: HEARTH_SECRET,
    version: packageJson.version,
    clock: Date.now,
    limitScale: RATE_LIMIT_SCALE,
  }
})

import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Deps, makesIconsApart } from "@hearth/api"
import { openLocalFiles } from "@hearth/api/file-store"
import { deriveKey, openDatabase, schema } from "@hearth/db"
import {
  type BodyKey,
  type MessageStore,
  openBodies,
  openCassandraStore,
  openPostgresStore,
} from "@hearth/db/message-store"
import { openMemoryRateLimits } from "@hearth/db/rate-limits"
import { eq } from "drizzle-orm"

export interface Stores {
  databaseUrl: string
  cassandra?: { contactPoints: string[]; keyspace: string; localDc?: string | undefined } | undefined
  secret: string
  bodyKeys?: readonly BodyKey[] | undefined
}

export type OpenDeps = Deps & AsyncDisposable

/** What services stand on, in this process. */
export const openDeps = async ({ databaseUrl, cassandra, secret, bodyKeys }: Stores): Promise<OpenDeps> => {
  const db = openDatabase({ url: databaseUrl, max: 6, statementTimeoutMs: 60_000 })
  const store = await openStore({ databaseUrl, cassandra, secret, bodyKeys }, async (channelId) => {
    const { channels } = schema
    const [row] = await db.select({ lastSeq: channels.lastSeq }).from(channels).where(eq(channels.id, channelId))
    return row?.lastSeq ?? 0
  })
  const limits = openMemoryRateLimits()
  // A demo gives no pictures: nothing of it is kept.
  const folder = await mkdtemp(join(tmpdir(), "hearth-demo-files-"))
  return {
    db,
    store,
    bodies: openBodies(bodyKeys),
    files: openLocalFiles({ folder }),
    makeIcon: makesIconsApart({ file: fileURLToPath(import.meta.resolve("@hearth/api/picture-process")) }),
    limits,
    secret,
    version: "demo",
    clock: Date.now,
    // One process plays everybody.
    limitScale: 10_000,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await limits.close()
      await db.$client.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const openStore = async (
  { databaseUrl, cassandra, secret, bodyKeys }: Stores,
  headHint: (channelId: string) => Promise<number>,
): Promise<MessageStore> => {
  const macKey = deriveKey(secret, "body-mac")
  if (!cassandra) return openPostgresStore({ url: databaseUrl, max: 4, macKey, bodyKeys, limitMs: 5000 })
  return openCassandraStore({ ...cassandra, macKey, bodyKeys, headHint })
}

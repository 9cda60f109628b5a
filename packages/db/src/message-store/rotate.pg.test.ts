import { createSecretKey } from "node:crypto"
import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { newSnowflake, type Snowflake } from "@hearth/core"
import { testDatabase } from "@hearth/testing"
import { expect, test } from "vitest"
import type { Database } from "../client.ts"
import { channelHeads, channels, guilds, users } from "../schema/index.ts"
import { deriveKey } from "../secret.ts"
import { appendAll, drafts, readAll } from "./contract/bed.ts"
import { newBodyKey, parseBodyKeys } from "./bodies.ts"
import { openPostgresStore } from "./postgres.ts"
import { rotateBodies } from "./rotate.ts"

const MAIN = fileURLToPath(new URL("../../../../scripts/keys/main.ts", import.meta.url))
const secret = "a secret of more than thirty-two characters"
const macKey = deriveKey(secret, "body-mac")

const newChannels = async (db: Database, count: number): Promise<Snowflake[]> => {
  const ownerId = newSnowflake()
  await db
    .insert(users)
    .values({ id: ownerId, email: `${ownerId}@example.org`, displayName: "Owner", passwordHash: "x" })
  const guildId = newSnowflake()
  await db.insert(guilds).values({ id: guildId, name: "Home", ownerId })
  const ids = Array.from({ length: count }, newSnowflake)
  await db.insert(channels).values(ids.map((id, position) => ({ id, guildId, name: `c${position}`, position })))
  await db.insert(channelHeads).values(ids.map((channelId) => ({ channelId })))
  return ids
}

const rotateByCommand = (env: Record<string, string>, ...args: string[]) =>
  promisify(execFile)(process.execPath, [MAIN, "rotate", ...args], {
    env: { ...process.env, HEARTH_SECRET: secret, ...env },
  })

test("the command puts every channel under the first key, and says so", async () => {
  await using database = await testDatabase()
  const [first, second] = [newBodyKey(1), newBodyKey(2)]
  const ids = await newChannels(database.db, 3)
  const plain = openPostgresStore({ url: database.url, macKey })
  for (const id of ids) await appendAll(plain, id, drafts(5))
  const all = await Promise.all(ids.map((id) => readAll(plain, id)))
  await plain.close()

  const env = { DATABASE_URL: database.url, HEARTH_BODY_KEYS: first }
  expect((await rotateByCommand(env)).stdout).toBe("  15 texts in 3 channels were put under key 1.\n")
  const both = { ...env, HEARTH_BODY_KEYS: `${second},${first}` }
  expect((await rotateByCommand(both)).stdout).toContain("15 texts in 3 channels were put under key 2.")
  expect((await rotateByCommand(both)).stdout).toContain("0 texts in 3 channels")
  const store = openPostgresStore({ url: database.url, macKey, bodyKeys: parseBodyKeys(second) })
  expect(await Promise.all(ids.map((id) => readAll(store, id)))).toEqual(all)
  await store.close()
  await expect(rotateByCommand({ ...env, HEARTH_BODY_KEYS: "" })).rejects.toMatchObject({
    stderr: expect.stringContaining("HEARTH_BODY_KEYS is not set"),
  })
})

test("a data folder whose messages are in Cassandra is not looked for in PostgreSQL", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hearth-keys-"))
  try {
    mkdirSync(join(folder, "cassandra"))
    await expect(rotateByCommand({ HEARTH_BODY_KEYS: newBodyKey(1) }, "--data", folder)).rejects.toMatchObject({
      stderr: expect.stringContaining("are in Cassandra: set CASSANDRA_CONTACT_POINTS"),
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test("a rotation that was stopped goes on where it was, and passes over a channel that is gone", async () => {
  await using database = await testDatabase()
  const ids = await newChannels(database.db, 3)
  const store = openPostgresStore({
    url: database.url,
    macKey,
    bodyKeys: [{ id: 1, key: createSecretKey(Buffer.alloc(32, 1)) }],
  })
  const plain = openPostgresStore({ url: database.url, macKey })
  for (const id of ids) await appendAll(plain, id, drafts(4))
  const stopping = new AbortController()
  const onProgress = () => stopping.abort()
  const opened = { db: database.db, store }
  await expect(rotateBodies(opened, { signal: stopping.signal, onProgress })).rejects.toThrow()
  expect(await rotateBodies(opened)).toEqual({ channels: 3, rewritten: 8 })
  const gone = { ...store, reseal: () => store.reseal("404", 0, 10) }
  expect(await rotateBodies({ db: database.db, store: gone })).toEqual({ channels: 3, rewritten: 0 })
  await Promise.all([store.close(), plain.close()])
})

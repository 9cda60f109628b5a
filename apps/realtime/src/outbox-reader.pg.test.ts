import { setTimeout as delay } from "node:timers/promises"
import { privatePostgres, testDatabase, waitUntil } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { createClocks } from "./clocks.ts"
import { silentLogger } from "./logger.ts"
import { createOutboxReader } from "./outbox-reader.ts"
import { defaultTimings } from "./timings.ts"

const reader = (url: string) =>
  createOutboxReader({
    url,
    timings: defaultTimings,
    clocks: createClocks(),
    log: silentLogger(),
    onRow: async () => {},
    onCaughtUp: () => {},
    onMissed: async () => {},
  })

test("closed while it connects, it leaves no connection behind", async () => {
  await using database = await testDatabase()
  const { db, url } = database
  const connections = async () => {
    const { rows } = await db.execute(
      sql`select from pg_stat_activity where datname = current_database() and application_name = 'hearth-outbox'`,
    )
    return rows.length
  }
  const outbox = reader(url)
  await outbox.start()
  expect(await connections()).toBe(1)
  await outbox.close()
  const early = reader(url)
  void early.start()
  await early.close()
  await waitUntil("the connections to end", async () => (await connections()) === 0, 5_000)
})

test("it is closed while PostgreSQL is frozen, too", async () => {
  await using own = await privatePostgres()
  const outbox = reader(own.url)
  await outbox.start()
  own.pause()
  try {
    // No question of it waits longer, and no answer of the server is waited for.
    const late = delay(3 * defaultTimings.outboxTimeout, "hangs")
    expect(await Promise.race([outbox.close().then(() => "closed"), late])).toBe("closed")
  } finally {
    own.resume()
  }
})

import { type Message, newSnowflake } from "@hearth/core"
import { schema } from "@hearth/db"
import { openBodies } from "@hearth/db/message-store"
import { makeGuild, makeUser, testDatabase } from "@hearth/testing"
import { expect, test, vi } from "vitest"
import { silentLogger } from "../logger.ts"
import { TEST_SECRET, testNetwork } from "../test-network.ts"
import { defaultTimings } from "../timings.ts"
import { describePreviews } from "./contract.ts"
import { createPreviews } from "./previews.ts"

describePreviews("embedded", (database, fetcher) => testNetwork(database, { config: { previews: { fetcher } } }))

test("how long a link waits is told by the clock that was given, not by this machine's", async () => {
  await using database = await testDatabase()
  const { db } = database
  const guild = await makeGuild(db, await makeUser(db, "alice"), [])
  const channelId = guild.channels.general ?? ""
  const message: Message = {
    ...{ channelId, seq: 1, id: newSnowflake(), mver: 1, version: 1, authorId: "1", nonce: "n".repeat(16) },
    ...{ content: "https://a.org/", createdAt: 0, editedAt: null, deleted: false, replyTo: null, reactions: {} },
  }
  let ahead = 0
  const take = vi.fn(async () => ({ ok: false, retryAfterMs: 10 }) as const)
  const previews = createPreviews({
    db,
    store: { get: async () => message },
    bodies: openBodies(),
    limits: { take, refund: async () => {}, close: async () => {} },
    secret: TEST_SECRET,
    fetcher: { read: async () => null, close() {} },
    show: async () => {},
    guildOf: () => undefined,
    timings: { ...defaultTimings, previews: 20, previewAgain: 10 },
    now: () => Date.now() + ahead,
    log: silentLogger(),
  })
  try {
    await db.insert(schema.previewWants).values({ channelId, seq: 1, since: new Date(), tryAt: new Date() })
    await vi.waitFor(() => expect(take.mock.calls.length).toBeGreaterThan(5), 10_000)
    expect(await db.$count(schema.previewWants)).toBe(1)
    ahead = 700_000
    await vi.waitFor(async () => expect(await db.$count(schema.previewWants)).toBe(0), 10_000)
  } finally {
    await previews.close?.()
  }
})

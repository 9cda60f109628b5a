import { randomUUID } from "node:crypto"
import { addToOutbox, schema, transact } from "@hearth/db"
import {
  makeGuild,
  makeUser,
  refusal,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
} from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { TestNetwork } from "./test-network.ts"

const HOUR = 3600

/** Slow mode as members meet it, on one node and on several. */
export const describeSlowmode = (name: string, open: (database: TestDatabase) => Promise<TestNetwork>) => {
  describe(`slow mode, ${name}`, () => {
    let database: TestDatabase
    let net: TestNetwork
    let owner: TestUser
    let bob: TestUser
    let guild: TestGuild
    let general: string

    /** As the web tier does it: the row, and the event in the same transaction. */
    const setSlowmode = (slowmodeSeconds: number) =>
      transact(database.db, async (tx) => {
        await tx.update(schema.channels).set({ slowmodeSeconds }).where(eq(schema.channels.id, general))
        const channel = { id: general, guildId: guild.id, name: "general", topic: "", position: 0, overwrites: [] }
        addToOutbox(
          tx,
          `guild:${guild.id}`,
          "channel:updated",
          { ...channel, ...(slowmodeSeconds > 0 && { slowmodeSeconds }) },
          { guildId: guild.id, channelId: general },
        )
      })

    beforeAll(async () => {
      database = await testDatabase()
      ;[owner, bob] = [await makeUser(database.db, "owner"), await makeUser(database.db, "bob")]
      guild = await makeGuild(database.db, owner, [bob])
      general = guild.channels.general ?? ""
      net = await open(database)
    })
    afterAll(async () => {
      await net?.[Symbol.asyncDispose]()
      await database?.[Symbol.asyncDispose]()
    })

    test("one message in its time over all connections, retries free, who keeps order exempt [6]", async () => {
      const [o, a, b] = [await net.connect(owner), await net.connect(bob), await net.connect(bob)]
      await setSlowmode(HOUR)
      await Promise.all([o, a, b].map((c) => c.hears("channel:updated", (e) => e.slowmodeSeconds === HOUR)))
      const nonce = randomUUID()
      const first = await a.send(general, "the first", nonce)
      // On the other connection, and in a cluster on the other node.
      expect(await b.send(general, "the first", nonce)).toMatchObject({ seq: first.seq })
      for (const client of [a, b]) {
        const error = await refusal(client.send(general, "the second"))
        expect(error).toMatchObject({ code: "RATE_LIMITED" })
        expect(error.retryAfterMs).toBeGreaterThan((HOUR - 120) * 1000)
        expect(error.retryAfterMs).toBeLessThanOrEqual(HOUR * 1000)
      }
      for (const text of ["order", "order!", "order!!"]) await o.send(general, text)

      await setSlowmode(0)
      await Promise.all([a, b].map((c) => c.hears("channel:updated", (e) => e.slowmodeSeconds === undefined)))
      await b.send(general, "at once")
      await a.send(general, "and again")
    })
  })
}

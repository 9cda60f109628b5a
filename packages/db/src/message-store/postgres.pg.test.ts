import { CHANNEL_SCOPE, newSnowflake, type Snowflake } from "@hearth/core"
import { privatePostgres, testDatabase } from "@hearth/testing"
import { expect, test } from "vitest"
import { type Database, openDatabase } from "../client.ts"
import { channelHeads } from "../schema/index.ts"
import { macKey } from "./contract/bed.ts"
import { type Bed, describeMessageStore, outageCases } from "./contract.ts"
import type { MessageStore } from "./port.ts"
import { openPostgresStore } from "./postgres.ts"

const bedOn = (url: string, db: Database, stop: () => PromiseLike<void>): Bed => {
  const stores: MessageStore[] = []
  return {
    open: async (options) => {
      const store = openPostgresStore({ url, macKey, max: 4, ...options })
      stores.push(store)
      return store
    },
    newChannel: async (): Promise<Snowflake> => {
      const channelId = newSnowflake()
      await db.insert(channelHeads).values({ channelId })
      return channelId
    },
    scopeOf: () => CHANNEL_SCOPE,
    close: async () => {
      await Promise.all(stores.map((store) => store.close()))
      await stop()
    },
  }
}

describeMessageStore("PostgreSQL", async () => {
  const database = await testDatabase()
  return bedOn(database.url, database.db, () => database[Symbol.asyncDispose]())
})

outageCases("PostgreSQL", async () => {
  const server = await privatePostgres()
  const db = openDatabase({ url: server.url })
  const bed = bedOn(server.url, db, async () => {
    await db.$client.end()
    await server[Symbol.asyncDispose]()
  })
  const restart = async () => {
    await server.kill()
    await server.start()
  }
  return { ...bed, pause: () => server.pause(), resume: () => server.resume(), restart }
})

test("a channel without a head row is unknown: it is made with the channel, by nobody else", async () => {
  await using database = await testDatabase()
  const store = openPostgresStore({ url: database.url, macKey })
  const draft = { authorId: "1", nonce: "n".repeat(16), content: "x", replyTo: null }
  for (const call of [
    () => store.append("404", [draft]),
    () => store.page("404", {}, 10),
    () => store.since("404", null, {}),
    () => store.since("404", { from: 1, to: 1 }, {}),
    () => store.head("404"),
  ])
    await expect(call()).rejects.toMatchObject({ code: "UNKNOWN_CHANNEL" })
  await store.close()
})

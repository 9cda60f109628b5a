import { CHANNEL_SCOPE, newSnowflake, type Snowflake } from "@hearth/core"
import { privatePostgres, testDatabase } from "@hearth/testing"
import { eq } from "drizzle-orm"
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

test("who appends to other channels does not wait for one that is held, and two who write the same ones lose nothing", async () => {
  await using database = await testDatabase()
  const stores = [0, 1].map(() => openPostgresStore({ url: database.url, macKey, limitMs: 20_000 }))
  const channels = Array.from({ length: 12 }, () => newSnowflake())
  await database.db.insert(channelHeads).values(channels.map((channelId) => ({ channelId })))
  const draft = (n: number) => ({ authorId: "1", nonce: `nonce-${n}`.padEnd(16, "-"), content: "x", replyTo: null })
  const [held = "", ...free] = channels
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let hold = () => {}
  const isHeld = new Promise<void>((resolve) => {
    hold = resolve
  })
  const holder = database.db.transaction(async (tx) => {
    await tx.select().from(channelHeads).where(eq(channelHeads.channelId, held)).for("update")
    hold()
    await released
  })
  await isHeld
  const waits = stores[0]?.append(held, [draft(0)])
  const others = await Promise.all(free.map((channelId) => stores[0]?.append(channelId, [draft(0)])))
  expect(others.map((o) => o?.results[0]?.status)).toEqual(free.map(() => "stored"))
  release()
  await holder
  expect((await waits)?.results[0]?.status).toBe("stored")

  // Each in an order of its own.
  const inOrders = [channels, channels.toReversed()]
  const all = await Promise.all(
    stores.flatMap((store, s) =>
      [1, 2, 3].flatMap((n) => (inOrders[s] ?? []).map((channelId) => store.append(channelId, [draft(10 * s + n)]))),
    ),
  )
  expect(all.every((o) => o.results[0]?.status === "stored")).toBe(true)
  for (const channelId of channels) expect((await stores[0]?.head(channelId))?.head).toBe(7)
  await Promise.all(stores.map((store) => store.close()))
})

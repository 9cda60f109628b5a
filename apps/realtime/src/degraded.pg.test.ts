import { deriveKey, openDatabase, schema } from "@hearth/db"
import { freePort } from "@hearth/db/embedded"
import { openPostgresStore } from "@hearth/db/message-store"
import {
  makeGuild,
  makeUser,
  privatePostgres,
  refusal,
  stopwatch,
  type TestDatabase,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, beforeAll, expect, test } from "vitest"
import { TEST_SECRET, testNetwork } from "./test-network.ts"

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
})

const readyz = async (url = "") => {
  const res = await fetch(`${url}/readyz`)
  return { status: res.status, body: (await res.json()) as { degraded: string[] } }
}

test("Redis that is away at the start degrades a node, and people write and read all the same", async () => {
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const general = (await makeGuild(db, alice, [bob])).channels.general ?? ""
  const net = await testNetwork(database, {
    redis: { url: `redis://127.0.0.1:${await freePort()}`, prefix: "nowhere" },
  })
  try {
    expect(await readyz(net.nodes[0]?.url)).toMatchObject({ status: 200, body: { degraded: ["redis"] } })
    const [a, b] = [await net.connect(alice), await net.connect(bob)]
    await b.open(general)
    await a.send(general, "without Redis")
    expect(await b.nextMessage(general)).toMatchObject({ content: "without Redis" })
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

test("a message store that is away: sign-in and structure go on, sends say so, and come through when it is back", async () => {
  const { db } = database
  await using other = await privatePostgres()
  const store = openPostgresStore({ url: other.url, macKey: deriveKey(TEST_SECRET, "body-mac"), limitMs: 300 })
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const general = (await makeGuild(db, alice, [bob])).channels.general ?? ""
  const rows = openDatabase({ url: other.url, max: 1 })
  await rows.insert(schema.channelHeads).values({ channelId: general })
  await rows.$client.end()
  const net = await testNetwork(database, { config: { parts: { store } }, timings: { heads: 200 } })
  try {
    const [a, b] = [await net.connect(alice), await net.connect(bob)]
    other.pause()
    const nonce = "the-same-nonce-again"
    const elapsed = stopwatch()
    const error = await refusal(a.send(general, "not lost", nonce))
    expect(error.code).toBe("UNAVAILABLE")
    expect(elapsed()).toBeLessThan(5000)
    await waitUntil("the node to name it", async () =>
      (await readyz(net.nodes[0]?.url)).body.degraded.includes("message store"),
    )
    expect((await readyz(net.nodes[0]?.url)).status).toBe(200)
    expect((await net.connect(bob)).ready.channelIds).toContain(general)
    expect((await refusal(b.open(general))).code).toBe("UNAVAILABLE")
    other.resume()
    // The client's retry, under the same nonce: one message came of it, whatever became of the first try.
    const sent = await waitUntil("the retry to be taken", () =>
      a.send(general, "not lost", nonce).catch(() => undefined),
    )
    await waitUntil("bob to open it", () => b.open(general).catch(() => undefined))
    expect(b.view(general).messages).toMatchObject([{ content: "not lost", id: sent.id, seq: 1 }])
    await waitUntil(
      "the node to be whole again",
      async () => (await readyz(net.nodes[0]?.url)).body.degraded.length === 0,
    )
  } finally {
    await net[Symbol.asyncDispose]()
    await store.close()
  }
})

test("rows that are frozen: whoever asks for them over the socket is told within a second when to come back, and then it works", async () => {
  await using own = await privatePostgres()
  const db = openDatabase({ url: own.url })
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const general = (await makeGuild(db, alice, [bob])).channels.general ?? ""
  const net = await testNetwork({ url: own.url, db })
  try {
    const a = await net.connect(alice)
    const { seq } = await a.send(general, "before")
    const read = () => a.command("read:mark", { channelId: general, seq })
    own.pause()
    const elapsed = stopwatch()
    // The second is written with those that come while the first is under way.
    const asked = [read(), read(), a.command("read:all", { guildId: null })]
    for (const error of await Promise.all(asked.map(refusal)))
      expect(error).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: expect.any(Number) })
    expect(elapsed()).toBeLessThan(5000)
    own.resume()
    const marked = await waitUntil("the mark to be taken", () => read().catch(() => undefined))
    expect(marked).toEqual({ channelId: general, lastReadSeq: seq })
  } finally {
    own.resume()
    await net[Symbol.asyncDispose]()
    await db.$client.end()
  }
})

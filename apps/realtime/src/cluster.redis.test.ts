import type { Snowflake } from "@hearth/core"
import { outboxHead } from "@hearth/db"
import {
  connectClient,
  kick,
  makeGuild,
  makeUser,
  privateRedis,
  type RedisPart,
  stopwatch,
  type TestClient,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Gateway } from "./gateway.ts"
import { seesHere } from "./liveliness/contract.ts"
import type { NodeConfig } from "./node.ts"
import { presenceTimes, sees } from "./presence/contract.ts"
import { openProcess, TEST_SECRET, type TestNetwork, testNetwork, testTimings } from "./test-network.ts"

let database: TestDatabase
let redis: RedisPart
let alice: TestUser
let bob: TestUser
let guild: TestGuild
let general: Snowflake

beforeAll(async () => {
  database = await testDatabase()
  redis = await privateRedis()
})
beforeEach(async () => {
  const { db } = database
  ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  guild = await makeGuild(db, alice, [bob])
  general = guild.channels.general ?? ""
})
afterAll(async () => {
  await redis?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

const seqs = (client: TestClient) => client.view(general).messages.map((m) => m.seq)
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
const has = (client: TestClient, n: number) =>
  waitUntil(`${n} messages, not ${seqs(client).length}`, () => seqs(client).length >= n, 20_000)

/** Compare-and-sets that this node did itself. */
const appends = async (node: Gateway): Promise<number> => {
  const text = await (await fetch(`${node.url}/metrics`)).text()
  return Number(/^hearth_append_batch_count (\d+)/m.exec(text)?.[1] ?? 0)
}

describe("two nodes of one process", () => {
  let net: TestNetwork
  beforeEach(async () => {
    net = await testNetwork(database, {
      nodes: 2,
      redis: { url: redis.url, prefix: "t" },
      config: { cluster: presenceTimes },
    })
  })
  afterEach(async () => {
    await redis.start()
    redis.resume()
    await net?.[Symbol.asyncDispose]()
  })
  const pair = async () => {
    const a = await net.connect(alice, { node: 0 })
    const b = await net.connect(bob, { node: 1 })
    await a.open(general)
    await b.open(general)
    return [a, b] as const
  }

  test("[P3] what two write on two nodes, both see in one order, dense", async () => {
    const [a, b] = await pair()
    await Promise.all(upTo(200).map((n) => (n % 2 ? a : b).send(general, `message ${n}`)))
    for (const client of [a, b]) await has(client, 200)
    expect(seqs(a)).toEqual(upTo(200))
    expect(a.view(general).messages).toEqual(b.view(general).messages)
  })

  test("a channel's appends go to one node", async () => {
    const [a, b] = await pair()
    // Both have heard of each other.
    await waitUntil("an owner", async () => {
      const before = await Promise.all(net.nodes.map(appends))
      await a.send(general, "from a")
      await b.send(general, "from b")
      const after = await Promise.all(net.nodes.map(appends))
      return after.filter((count, i) => count > (before[i] ?? 0)).length === 1
    })
  })

  test("[P2] a retry on the other node is the same message", async () => {
    const [a, b] = await pair()
    const nonce = `retry-${general}`.padEnd(20, "-").slice(0, 36)
    const first = await a.send(general, "once", nonce)
    const other = await net.connect(alice, { node: 1 })
    expect(await other.send(general, "once", nonce)).toMatchObject({ id: first.id, seq: first.seq })
    await has(b, 1)
    expect(seqs(b)).toEqual([1])
  })

  test("Redis killed in the middle: nothing is lost, heads bring it; restarted empty: live again, and presence is true", async () => {
    const [a, b] = await pair()
    await a.command("presence:watch", { userIds: [bob.id] })
    await a.send(general, "before")
    await has(b, 1)
    await redis.kill()
    for (const n of upTo(20)) await a.send(general, `while away ${n}`)
    await has(b, 21)
    expect(seqs(b)).toEqual(upTo(21))
    await waitUntil("presence to be unknown", () =>
      a.heard.some((h) => h.event === "presence:changed" && h.payload.presences[bob.id] === "unknown"),
    )
    await redis.start()
    await waitUntil("both to be ready", () => net.nodes.every((node) => node.ready()))
    await b.command("presence:set", { presence: "dnd" })
    await sees(a, bob, "dnd")
    await b.send(general, "after")
    await has(a, 22)
    expect(seqs(a)).toEqual(upTo(22))
  }, 40_000)

  test("Redis frozen: sends are acked as before", async () => {
    const [a, b] = await pair()
    redis.pause()
    const elapsed = stopwatch()
    for (const n of upTo(10)) await a.send(general, `while frozen ${n}`)
    expect(elapsed()).toBeLessThan(3_000)
    await has(b, 10)
    redis.resume()
    await a.send(general, "after")
    await has(b, 11)
    expect(seqs(b)).toEqual(upTo(11))
  }, 40_000)

  test("[P6] a kick is heard within a second, with Redis away too", async () => {
    const [a, b] = await pair()
    await redis.kill()
    const elapsed = stopwatch()
    await kick(database.db, guild.id, bob.id)
    await b.hears("guild:removed")
    expect(elapsed()).toBeLessThan(1_000)
    await a.send(general, "not for bob")
    await has(a, 1)
    expect(seqs(b)).toEqual([])
  })
})

describe("a node in a process of its own", () => {
  const open = (options: Partial<NodeConfig> = {}) => {
    const config: Omit<NodeConfig, "log"> = {
      databaseUrl: database.url,
      databasePool: 5,
      redisUrl: redis.url,
      prefix: "p",
      secret: TEST_SECRET,
      cluster: presenceTimes,
      options: { timings: { ...testTimings }, sizes: { sendBurst: 1_000, sendsPerSecond: 1_000 } },
      ...options,
    }
    return openProcess(config)
  }
  const connect = async (url: string, user: TestUser) =>
    connectClient({ url, secret: TEST_SECRET, user, pos: await outboxHead(database.db) })

  test("[P8, P11] killed: sends go on elsewhere, who looked there is gone, and its users are offline once it is given up", async () => {
    await using stays = await open()
    await using dies = await open()
    const a = await connect(stays.url, alice)
    const b = await connect(dies.url, bob)
    await a.open(general)
    await b.open(general)
    expect((await a.command("presence:watch", { userIds: [bob.id] })).presences).toEqual({ [bob.id]: "online" })
    await b.send(general, "before")
    await has(a, 1)
    await seesHere(a, general, [alice, bob])
    dies.signal("SIGKILL")
    await b.ended()
    await seesHere(a, general, [alice])
    const elapsed = stopwatch()
    for (const n of upTo(20)) await a.send(general, `after ${n}`)
    expect(elapsed()).toBeLessThan(5_000)
    const again = await connect(stays.url, bob)
    await again.open(general)
    expect(again.view(general).messages.map((m) => m.seq)).toEqual(upTo(21))
    await again.socket.disconnect()
    await sees(a, bob, "offline")
    a.close()
  }, 60_000)

  test("[P8] frozen: its channels' sends pass it by; woken: it takes part again, without ghosts or gaps", async () => {
    // Asleep for longer than what counts as standing still, which is longer than a busy machine stands still.
    const stall = 2_000
    await using stays = await open()
    await using sleeps = await open({
      options: { timings: { ...testTimings, stall }, sizes: { sendBurst: 1_000, sendsPerSecond: 1_000 } },
    })
    const a = await connect(stays.url, alice)
    const b = await connect(sleeps.url, bob)
    await a.open(general)
    await b.open(general)
    await a.command("presence:watch", { userIds: [bob.id] })
    await a.send(general, "before")
    await has(b, 1)
    await seesHere(a, general, [alice, bob])
    sleeps.signal("SIGSTOP")
    const before = performance.now()
    const elapsed = stopwatch()
    for (const n of upTo(20)) await a.send(general, `while it slept ${n}`)
    expect(elapsed()).toBeLessThan(5_000)
    await sees(a, bob, "offline")
    await waitUntil("it to have slept for long", () => performance.now() - before > 2 * stall)
    const heardBefore = b.heard.length
    sleeps.signal("SIGCONT")
    // It stood still: it tells its clients to resume, or they have noticed before.
    await waitUntil(
      "the client to be told or cut off",
      () => !b.socket.connected || b.heard.slice(heardBefore).some((h) => h.event === "gateway:resync"),
    )
    await waitUntil("it to be ready", async () => (await fetch(`${sleeps.url}/readyz`)).ok)
    b.close()
    const again = await connect(sleeps.url, bob)
    await again.open(general)
    await sees(a, bob, "online")
    for (const client of [a, again]) await seesHere(client, general, [alice, bob])
    await again.send(general, "after")
    await has(a, 22)
    expect(seqs(a)).toEqual(upTo(22))
    expect(
      again
        .view(general)
        .messages.map((m) => m.seq)
        .slice(0, 21),
    ).toEqual(upTo(21))
    for (const client of [a, again]) client.close()
  }, 60_000)
})

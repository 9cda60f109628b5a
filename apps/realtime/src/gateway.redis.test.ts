import {
  makeGuild,
  makeUser,
  type TestDatabase,
  type TestRedis,
  testDatabase,
  testRedis,
  waitUntil,
} from "@hearth/testing"
import { afterAll, beforeAll, expect, test } from "vitest"
import { describeAudiences } from "./audiences.contract.ts"
import { describeGateway } from "./gateway.contract.ts"
import { describeResume } from "./resume.contract.ts"
import { describeSlowmode } from "./slowmode.contract.ts"
import { testNetwork } from "./test-network.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

const open = (database: { url: string; db: TestDatabase["db"] }) =>
  testNetwork(database, {
    nodes: 2,
    redis,
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })

describeGateway("two nodes on Redis", open)
describeResume("two nodes on Redis", open)
describeAudiences("two nodes on Redis", open)
describeSlowmode("two nodes on Redis", open)

test("what a digest told is known to the node, before it is written and for as long as it is newest", async () => {
  await using database = await testDatabase()
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  // Some of them are appended to by the one node, some by the other.
  const { channels } = await makeGuild(db, alice, [bob], ["general", "b", "c", "d", "e", "f", "g", "h"])
  const general = channels.general ?? ""
  await using net = await testNetwork(database, {
    nodes: 2,
    redis: { url: redis.url, prefix: `${redis.prefix}:digest` },
    timings: { heads: 50, lastSeqFlush: 600_000 },
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })
  const [a, b] = [await net.connect(alice, { node: 0 }), await net.connect(bob, { node: 1 })]
  await a.open(general)
  for (const channelId of Object.values(channels)) await a.send(channelId, "moved")
  for (const channelId of Object.values(channels))
    await b.hears("channel:activity", ({ heads }) => heads[channelId] === 1)
  const rounds = () => a.heard.filter((h) => h.event === "channel:heads").length
  const before = rounds()
  await waitUntil("heads to be gone through", () => rounds() > before + 3)
  for (const node of [0, 1])
    expect((await net.connect(bob, { node })).ready.heads).toEqual(
      Object.fromEntries(Object.values(channels).map((id) => [id, 1])),
    )
})

test("who does not look is told of a message once, by whichever node, and soon", async () => {
  await using database = await testDatabase()
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const { channels } = await makeGuild(db, alice, [bob], ["general", "b", "c", "d", "e", "f", "g", "h"])
  const activity = 700
  await using net = await testNetwork(database, {
    nodes: 2,
    redis: { url: redis.url, prefix: `${redis.prefix}:once` },
    timings: { activity },
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })
  // The other node stores some of them, once both have heard of each other: first it knows nobody who hears of it, then it does.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  for (const nodes of [
    [0, 0],
    [0, 1],
  ]) {
    const [a, b] = await Promise.all([alice, bob].map((user, i) => net.connect(user, { node: nodes[i] ?? 0 })))
    if (!a || !b) throw new Error("nobody")
    for (const channelId of Object.values(channels)) await a.send(channelId, "moved")
    const times = (channelId: string) =>
      b.heard.filter((h) => h.event === "channel:activity" && channelId in h.payload.heads).length
    await waitUntil("all to be told", () => Object.values(channels).every((id) => times(id) > 0), 2 * activity)
    // Whoever leaves it to another gives that one two intervals.
    await new Promise((resolve) => setTimeout(resolve, 4 * activity))
    expect(Object.values(channels).map(times)).toEqual(Object.values(channels).map(() => 1))
    for (const client of [a, b]) client.close()
  }
})

test("whoever heard of a message can read all, though no digest has left yet", async () => {
  await using database = await testDatabase()
  const { db } = database
  const [alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const { channels } = await makeGuild(db, alice, [bob], ["general", "quiet"])
  const { general = "", quiet = "" } = channels
  await using net = await testNetwork(database, {
    nodes: 2,
    redis: { url: redis.url, prefix: `${redis.prefix}:read-all` },
    timings: { activity: 600_000, heads: 600_000, lastSeqFlush: 600_000 },
    config: { cluster: { bus: { probeMs: 200 }, registration: { beatMs: 200 } } },
  })
  for (const node of [0, 1]) {
    const [a, b] = [await net.connect(alice, { node: 1 - node }), await net.connect(bob, { node })]
    await b.open(general)
    const { seq } = await a.send(general, "seen")
    await b.hears("channel:changed", (packets) => packets.some(({ head }) => head === seq))
    expect(await b.command("read:all", { guildId: null })).toEqual({ channels: 1 })
    const call = await a.send(quiet, `<@${bob.id}>`)
    await b.hears("mention:added", (mention) => mention.seq === call.seq)
    expect(await b.command("read:all", { guildId: null })).toEqual({ channels: 1 })
  }
})

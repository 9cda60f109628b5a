import { outboxHead } from "@hearth/db"
import {
  connectClient,
  type Link,
  makeGuild,
  makeUser,
  openLink,
  type TestClient,
  type TestDatabase,
  type TestRedis,
  type TestUser,
  testDatabase,
  testRedis,
  waitUntil,
} from "@hearth/testing"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { NodeConfig } from "../node.ts"
import { openProcess, TEST_SECRET, testNetwork, testTimings } from "../test-network.ts"
import { presenceTimes, sees, told } from "./contract.ts"

let database: TestDatabase
let redis: TestRedis
let alice: TestUser
let bob: TestUser
let carol: TestUser
let dora: TestUser
let frank: TestUser
beforeAll(async () => {
  database = await testDatabase()
  redis = await testRedis()
})
beforeEach(async () => {
  const { db } = database
  ;[alice, bob, carol, dora, frank] = [
    await makeUser(db, "alice"),
    await makeUser(db, "bob"),
    await makeUser(db, "carol"),
    await makeUser(db, "dora"),
    await makeUser(db, "frank"),
  ]
  await makeGuild(db, alice, [bob, carol, dora, frank])
})
afterAll(async () => {
  await redis?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

/** Longer than any test: no node's entries end. */
const FOR_EVER_MS = 3_600_000
/** Longer than a busy machine lets a node wait for its beat. */
const LEASE_MS = 4_000
const times = (presenceTtlMs: number): NodeConfig["cluster"] => ({
  ...presenceTimes,
  sharedState: { ...presenceTimes?.sharedState, presenceTtlMs },
  viewport: { presence: { ...presenceTimes?.viewport?.presence, graceMs: 1_000, sweepMs: 2_000 } },
})
/** Unknown, the way back in a few steps, and what is changed here: more would be a storm. */
const FEW_PACKETS = 12

const idsOf = (users: readonly TestUser[]) => users.map(({ id }) => id)
const watch = async (client: TestClient, users: readonly TestUser[]) =>
  (await client.command("presence:watch", { userIds: idsOf(users) })).presences
const shows = (client: TestClient, user: TestUser, presence: string) =>
  waitUntil(`${user.displayName} to be ${presence}`, async () => (await watch(client, [user]))[user.id] === presence)
/** Everything that was said of somebody since then, in order. */
const saidOf = (client: TestClient, user: TestUser, since: number) =>
  client.heard.slice(since).flatMap((h) => (h.event === "presence:changed" ? (h.payload.presences[user.id] ?? []) : []))
const packets = (client: TestClient, since: number) =>
  client.heard.slice(since).filter((h) => h.event === "presence:changed").length

/** Two nodes, and a third one that has a line of its own to Redis. */
const openThree = async (presenceTtlMs: number) => {
  const { port, hostname } = new URL(redis.url)
  const link: Link = await openLink({ host: hostname, port: Number(port) })
  const [{ prefix }, cluster] = [redis, times(presenceTtlMs)]
  const near = await testNetwork(database, { nodes: 2, redis, config: { cluster } })
  const url = redis.url.replace(`:${port}`, `:${link.port}`)
  const far = await testNetwork(database, { redis: { url, prefix }, config: { cluster } })
  return {
    near,
    far,
    link,
    async [Symbol.asyncDispose]() {
      link.thaw()
      for (const one of [near, far, link]) await one[Symbol.asyncDispose]()
    },
  }
}

/** How many nodes have an entry of somebody. */
const entries = (user: TestUser) => redis.redis.hlen(`${redis.prefix}:pres:u:${user.id}`)

test("[P11] who moves from node to node is not seen to leave, whichever connection ends first", async () => {
  await using net = await testNetwork(database, { nodes: 3, redis, config: { cluster: times(FOR_EVER_MS) } })
  const lookers = [await net.connect(alice, { node: 0 }), await net.connect(carol, { node: 2 })]
  let at = await net.connect(bob, { node: 0 })
  for (const looker of lookers) {
    await watch(looker, [bob])
    await shows(looker, bob, "online")
  }
  const since = lookers.map(({ heard }) => heard.length)
  for (const node of [1, 2, 0, 1]) {
    if (node === 0) at.close()
    const next = await net.connect(bob, { node })
    at.close()
    at = next
    // The node that they left has nothing more to say of them.
    await waitUntil("one node to have them", async () => (await entries(bob)) === 1)
  }
  await at.command("presence:set", { presence: "dnd" })
  for (const looker of lookers) await sees(looker, bob, "dnd")
  for (const [i, looker] of lookers.entries()) expect(saidOf(looker, bob, since[i] ?? 0)).not.toContain("offline")
  at.close()
  for (const looker of lookers) await sees(looker, bob, "offline")
})

/** Packets wait on the line, or there is no line any more. */
const splits = {
  silently: (link: Link) => link.freeze(),
  "with its connections": (link: Link) => {
    link.freeze()
    link.cut()
  },
}
type Split = keyof typeof splits
const eachSplit = test.for(Object.keys(splits) as Split[])

eachSplit(
  "[P11] a node is cut off from Redis (%s), shorter than its entries hold: its people stay, it knows nobody else, and then all is true",
  async (split) => {
    await using net = await openThree(FOR_EVER_MS)
    const a = await net.near.connect(alice, { node: 0 })
    const c = await net.near.connect(carol, { node: 1 })
    const b = await net.far.connect(bob)
    const d = await net.far.connect(dora)
    for (const looker of [a, c]) {
      await watch(looker, [bob, dora, frank])
      for (const user of [bob, dora]) await shows(looker, user, "online")
      await watch(looker, [bob, dora, frank])
    }
    for (const user of [alice, carol]) await shows(b, user, "online")
    await watch(b, [alice, carol, dora])
    const since = new Map([a, b, c].map((client) => [client, client.heard.length]))
    const from = (client: TestClient) => since.get(client) ?? 0

    splits[split](net.link)
    for (const user of [alice, carol]) await sees(b, user, "unknown")
    expect(await watch(b, [alice, carol, dora])).toEqual({
      [alice.id]: "unknown",
      [carol.id]: "unknown",
      [dora.id]: "online",
    })
    // What happens on either side, the other hears of later.
    d.close()
    await sees(b, dora, "unknown")
    const lost = performance.now()
    const f = await net.far.connect(frank)
    await c.command("presence:set", { presence: "dnd" })
    await watch(a, [bob, dora, frank, carol])
    await shows(a, carol, "dnd")
    expect(await watch(a, [bob, dora, frank])).toEqual({
      [bob.id]: "online",
      [dora.id]: "online",
      [frank.id]: "offline",
    })

    // A second after it failed it is said again, in vain.
    await waitUntil("it to be said no more", () => performance.now() - lost > 2_000)

    net.link.thaw()
    for (const looker of [a, c]) {
      await sees(looker, dora, "offline")
      await sees(looker, frank, "online")
      expect(saidOf(looker, bob, from(looker))).toEqual([])
    }
    await sees(b, alice, "online")
    await sees(b, carol, "dnd")
    await sees(b, dora, "offline")
    for (const user of [alice, carol]) expect(saidOf(b, user, from(b))).not.toContain("offline")
    // And no more than that is said.
    await b.command("presence:set", { presence: "idle" })
    for (const looker of [a, c]) await sees(looker, bob, "idle")
    for (const client of [a, b, c]) expect(packets(client, from(client))).toBeLessThan(FEW_PACKETS)
    f.close()
    for (const looker of [a, c]) await sees(looker, frank, "offline")
  },
)

eachSplit(
  "[P11] a node is cut off from Redis (%s) for longer than its entries hold: its people are away, and back with it, and nobody is a ghost",
  async (split) => {
    await using net = await openThree(LEASE_MS)
    const a = await net.near.connect(alice, { node: 0 })
    const c = await net.near.connect(carol, { node: 1 })
    const b = await net.far.connect(bob)
    const d = await net.far.connect(dora)
    // So many that one packet each would be noticed.
    const crowd = []
    for (let i = 0; i < 2 * FEW_PACKETS; i++) {
      const one = await makeUser(database.db, `one-of-many-${i}`)
      await makeGuild(database.db, alice, [one, carol])
      crowd.push({ user: one, client: await net.far.connect(one) })
    }
    const others = [bob, dora, ...crowd.map(({ user }) => user)]
    for (const looker of [a, c]) {
      for (const user of others) await shows(looker, user, "online")
      await watch(looker, others)
    }
    for (const user of [alice, carol]) await shows(b, user, "online")
    await watch(b, [alice, carol])
    const since = new Map([a, b, c].map((client) => [client, client.heard.length]))
    const from = (client: TestClient) => since.get(client) ?? 0

    splits[split](net.link)
    for (const looker of [a, c]) for (const user of others) await sees(looker, user, "offline")
    for (const user of [alice, carol]) await sees(b, user, "unknown")
    // To another node, while the first one cannot tell.
    d.close()
    const moved = await net.near.connect(dora, { node: 1 })
    for (const looker of [a, c]) await sees(looker, dora, "online")

    net.link.thaw()
    for (const looker of [a, c]) for (const user of others) await sees(looker, user, "online")
    for (const user of [alice, carol]) {
      await sees(b, user, "online")
      expect(saidOf(b, user, from(b))).not.toContain("offline")
    }
    for (const looker of [a, c]) {
      expect(saidOf(looker, bob, from(looker))).toEqual(["offline", "online"])
      // Between going and coming back, nothing was said of who was here all the while.
      expect(saidOf(looker, dora, from(looker))).toEqual(["offline", "online"])
    }
    for (const client of [a, b, c]) expect(packets(client, from(client))).toBeLessThan(FEW_PACKETS)

    moved.close()
    b.close()
    for (const looker of [a, c]) for (const user of [dora, bob]) await sees(looker, user, "offline")
  },
)

const openProcessOf = (prefix: string) =>
  openProcess({
    databaseUrl: database.url,
    databasePool: 5,
    redisUrl: redis.url,
    prefix,
    secret: TEST_SECRET,
    cluster: times(LEASE_MS),
    options: { timings: testTimings },
  })
const connectTo = async (url: string, user: TestUser) =>
  connectClient({ url, secret: TEST_SECRET, user, pos: await outboxHead(database.db) })

test("[P11] of three nodes one is killed: who comes back elsewhere was never away, who does not is gone, said once", async () => {
  await using net = await testNetwork(database, { nodes: 2, redis, config: { cluster: times(LEASE_MS) } })
  await using dies = await openProcessOf(redis.prefix)
  const lookers = [await net.connect(alice, { node: 0 }), await net.connect(carol, { node: 1 })]
  const b = await connectTo(dies.url, bob)
  const d = await connectTo(dies.url, dora)
  for (const looker of lookers) {
    for (const user of [bob, dora]) await shows(looker, user, "online")
    await watch(looker, [bob, dora])
  }
  const since = lookers.map(({ heard }) => heard.length)
  dies.signal("SIGKILL")
  await Promise.all([b, d].map((client) => client.ended()))
  const back = await net.connect(bob, { node: 1 })
  for (const looker of lookers) await sees(looker, dora, "offline")
  await back.command("presence:set", { presence: "dnd" })
  for (const [i, looker] of lookers.entries()) {
    await sees(looker, bob, "dnd")
    expect(saidOf(looker, bob, since[i] ?? 0)).not.toContain("offline")
    expect(saidOf(looker, dora, since[i] ?? 0)).toEqual(["offline"])
  }
})

test("[P11] of three nodes one stands still past its entries: it registers anew, who stayed is here, who left meanwhile is not", async () => {
  await using net = await testNetwork(database, { nodes: 2, redis, config: { cluster: times(LEASE_MS) } })
  await using sleeps = await openProcessOf(redis.prefix)
  const lookers = [await net.connect(alice, { node: 0 }), await net.connect(carol, { node: 1 })]
  let b = await connectTo(sleeps.url, bob)
  const d = await connectTo(sleeps.url, dora)
  for (const looker of lookers) {
    for (const user of [bob, dora]) await shows(looker, user, "online")
    await watch(looker, [bob, dora])
  }
  sleeps.signal("SIGSTOP")
  for (const looker of lookers) for (const user of [bob, dora]) await sees(looker, user, "offline")
  d.close()
  sleeps.signal("SIGCONT")
  // Who stood still may find that its clients had said nothing for long.
  await waitUntil(
    "bob to be here, or cut off",
    () => !b.socket.connected || told(lookers[0] as TestClient)[bob.id] === "online",
  )
  if (!b.socket.connected) b = await connectTo(sleeps.url, bob)
  for (const looker of lookers) await sees(looker, bob, "online")
  // What the node has of dora is over with her grace.
  await waitUntil("nobody to have dora", async () => (await entries(dora)) === 0)
  for (const looker of lookers) await shows(looker, dora, "offline")
  b.close()
  for (const looker of lookers) await shows(looker, bob, "offline")
})

import type { Socket as NetSocket } from "node:net"
import {
  makeGuild,
  makeUser,
  type TestClient,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testNetwork } from "./test-network.ts"

let database: TestDatabase
let alice: TestUser
let people: TestUser[]
let channelId: string

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  alice = await makeUser(db, "alice")
  people = await Promise.all(Array.from({ length: 40 }, (_, i) => makeUser(db, `person-${i}`)))
  channelId = (await makeGuild(db, alice, people)).channels.general ?? ""
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
})

test("a large room is served in slices, and everybody gets everything once, in order, without asking again", async () => {
  // Every room is large, every slice is one step, and nobody repairs: what is lost stays lost.
  const net = await testNetwork(database, { sizes: { largeRoom: 1 }, timings: { fanOutSlice: 0, heads: 600_000 } })
  try {
    const clients = await Promise.all(people.map((user) => net.connect(user, { gapMs: 600_000 })))
    await Promise.all(clients.map((c) => c.open(channelId)))
    const authors = clients.slice(0, 8)
    await Promise.all(
      authors.map(async (author, a) => {
        for (let i = 0; i < 25; i++) await author.send(channelId, `${a}:${i}`)
      }),
    )
    await waitUntil("everybody to have 200", () => clients.every((c) => c.view(channelId).span?.to === 200))
    const [first] = clients
    for (const c of clients) expect(c.view(channelId).messages).toEqual(first?.view(channelId).messages)
    const frames = clients.map((c) => c.heard.filter((h) => h.event === "channel:changed").length)
    expect(Math.max(...frames)).toBeLessThan(200)
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

/** The client's own TCP connection: paused, it is a reader that does not read. */
const tcpOf = (client: TestClient): NetSocket =>
  (client.socket.io as unknown as { engine: { transport: { ws: { _socket: NetSocket } } } }).engine.transport.ws._socket

test("who does not read is bounded, then sent away, and nobody else notices", async () => {
  const limit = 262_144
  const net = await testNetwork(database, { sizes: { slowReader: limit } })
  const [slow, quick] = [await net.connect(alice), await net.connect(people[0] as TestUser)]
  try {
    const from = (await slow.open(channelId)).head
    await quick.open(channelId)
    tcpOf(slow).pause()
    const node = net.nodes[0]
    const waiting = () =>
      [...(node?.connections.ofUser(alice.id) ?? [])].map(({ socket }) =>
        (socket.conn as unknown as { writeBuffer: { data?: string }[] }).writeBuffer.reduce(
          (n, p) => n + (p.data?.length ?? 0),
          0,
        ),
      )
    let most = 0
    let sent = 0
    await waitUntil(
      "the slow one to be gone",
      async () => {
        // What the kernel takes comes on top: some megabytes.
        await Promise.all(Array.from({ length: 8 }, () => quick.send(channelId, "x".repeat(4000))))
        sent += 8
        most = Math.max(most, ...waiting())
        return waiting().length === 0
      },
      40_000,
    )
    expect(most).toBeLessThan(limit + 8 * 40_000)
    await waitUntil("the quick one to have all", () => quick.view(channelId).span?.to === from + sent)
    const metrics = await (await fetch(`${node?.url}/metrics`)).text()
    expect(metrics).toMatch(/hearth_slow_readers_total 1\n/)
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

test("what is asked for and not read is bounded too", async () => {
  const limit = 262_144
  const net = await testNetwork(database, { sizes: { slowReader: limit } })
  try {
    const slow = await net.connect(alice)
    await slow.open(channelId)
    for (let i = 0; i < 50; i++) await slow.send(channelId, "x".repeat(4000))
    tcpOf(slow).pause()
    const sockets = () => [...(net.nodes[0]?.connections.ofUser(alice.id) ?? [])].map((c) => c.socket)
    let most = 0
    await waitUntil(
      "the slow one to be gone",
      () => {
        for (let i = 0; i < 4; i++)
          slow.socket.emit("channel:resume", { channels: [{ channelId, span: null, marks: {} }] }, () => {})
        for (const { conn } of sockets()) {
          const { writeBuffer } = conn as unknown as { writeBuffer: { data?: string }[] }
          most = Math.max(
            most,
            writeBuffer.reduce((n, packet) => n + (packet.data?.length ?? 0), 0),
          )
        }
        return sockets().length === 0
      },
      40_000,
    )
    // One part more than may wait.
    expect(most).toBeLessThan(limit + 300_000)
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

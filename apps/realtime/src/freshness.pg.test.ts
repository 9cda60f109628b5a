import { addToOutbox, transact } from "@hearth/db"
import {
  makeGuild,
  makeUser,
  refusal,
  type TestDatabase,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testNetwork } from "./test-network.ts"
import { defaultTimings } from "./timings.ts"

let database: TestDatabase
let alice: TestUser
let bob: TestUser
let general: string

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  const guild = await makeGuild(db, alice, [bob])
  general = guild.channels.general ?? ""
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
})

const readyz = async (url: string) => {
  const res = await fetch(`${url}/readyz`)
  return { status: res.status, body: (await res.json()) as { because: string[]; degraded: string[] } }
}

test("the real defaults are those of the design", () => {
  expect(defaultTimings).toMatchObject({
    pingInterval: 8_000,
    pingTimeout: 4_000,
    outboxPoll: 250,
    freshness: 30_000,
    stall: 1_000,
    heads: 15_000,
    lastSeqFlush: 1_000,
    activity: 1_000,
    typing: 4_000,
    drain: 30_000,
  })
})

test("a node that cannot read the outbox any more delivers nothing, joins nobody, says so, and comes back", async () => {
  const { db } = database
  // A front of its own for the outbox's connection: it can be cut while everything else goes on.
  const net = await testNetwork(database, { timings: { freshness: 3_000, outboxTimeout: 500 } })
  const node = net.nodes[0]
  if (!node) throw new Error("no node")
  try {
    const [a, b] = [await net.connect(alice), await net.connect(bob)]
    await a.open(general)
    await b.open(general)
    // The table is locked: the node's question hangs, as it would on a frozen database.
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const lock = db.transaction(async (tx) => {
      await tx.execute(sql`lock table outbox in access exclusive mode`)
      await held
    })
    await Promise.all([a.ended(), b.ended()])
    expect(await a.hears("gateway:resync")).toMatchObject({ reason: "stale" })
    expect(await readyz(node.url)).toMatchObject({ status: 503, body: { because: ["outbox"] } })
    expect(node.ready()).toBe(false)
    expect((await refusal(net.connect(bob, { pos: "0" }))).code).toBe("UNAVAILABLE")
    release()
    await lock
    await waitUntil("the node to be ready again", () => node.ready())
    const again = await net.connect(bob)
    await again.open(general)
    await again.send(general, "back again")
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

test("the connection that listens is killed: a new one goes on where it was, and nothing is missed", async () => {
  const { db } = database
  const net = await testNetwork(database)
  try {
    const b = await net.connect(bob)
    for (let i = 0; i < 5; i++) {
      await db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hearth-outbox' and datname = current_database()`,
      )
      await transact(db, async (tx) => addToOutbox(tx, "everyone", "instance:updated", { name: `round ${i}` }))
      await b.hears("instance:updated", ({ name }) => name === `round ${i}`)
    }
    const names = b.heard.flatMap((h) => (h.event === "instance:updated" ? [h.payload.name] : []))
    expect(names).toEqual([0, 1, 2, 3, 4].map((i) => `round ${i}`))
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

test("after the loop stood still nothing is delivered before a fresh poll, and then everybody resyncs", async () => {
  let asleep = 0
  const net = await testNetwork(database, { config: { parts: { clock: () => Date.now() + asleep } } })
  try {
    const [a, b] = [await net.connect(alice), await net.connect(bob)]
    await b.open(general)
    asleep = 11_000
    expect(net.nodes[0]?.ready()).toBe(false)
    expect(await b.hears("gateway:resync")).toMatchObject({ reason: "stalled" })
    await waitUntil("the node to be ready again", () => net.nodes[0]?.ready())
    await a.send(general, "after the stall")
    await waitUntil("the message", () => b.view(general).messages.some((m) => m.content === "after the stall"))
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

test("a node that leaves tells its sockets, and loses nothing that was acknowledged", async () => {
  const { db } = database
  const net = await testNetwork(database)
  const a = await net.connect(alice)
  const sends = Array.from({ length: 20 }, (_, i) => a.send(general, `last ${i}`))
  await sends[0]
  const closing = net.nodes[0]?.close()
  const results = await Promise.allSettled(sends)
  expect(await a.hears("gateway:resync")).toMatchObject({ reason: "draining" })
  await closing
  await net[Symbol.asyncDispose]()
  const acked = results.flatMap((r) => (r.status === "fulfilled" ? [r.value.id] : []))
  expect(acked.length).toBeGreaterThan(0)
  const { rows } = await db.execute<{ id: string }>(
    sql`select id::text as id from messages where channel_id = ${general}::bigint`,
  )
  expect(rows.map((r) => r.id)).toEqual(expect.arrayContaining(acked))
})

test("the permission cache begins anew when the outbox was swept beyond what a node had read", async () => {
  const { db } = database
  const owner = await makeUser(db, "owner")
  const guild = await makeGuild(db, owner, [])
  const net = await testNetwork(database, { timings: { freshness: 60_000, outboxTimeout: 150 } })
  try {
    const c = await net.connect(owner)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    // The node is kept from reading while a day goes by.
    const lock = db.transaction(async (tx) => {
      await tx.execute(sql`lock table outbox in access exclusive mode`)
      await tx.execute(
        sql`insert into channels (id, guild_id, name, position) values (${BigInt(guild.id) + 1n}, ${guild.id}::bigint, 'unheard-of', 1)`,
      )
      await tx.execute(sql`insert into channel_heads (channel_id) values (${BigInt(guild.id) + 1n})`)
      await tx.execute(sql`delete from outbox`)
      await tx.execute(
        sql`insert into outbox (pos, kind, audience, payload) select nextval('outbox_pos') + 1000, 'instance:updated', 'everyone', '{"name":"later"}'`,
      )
      await held
    })
    // A connection that is given up still waits for the lock, beside the one that asks again.
    await waitUntil("the node's question to time out", async () => {
      const { rows } = await db.execute<{ n: number }>(
        sql`select count(*)::int as n from pg_stat_activity
          where application_name = 'hearth-outbox' and datname = current_database() and wait_event_type = 'Lock'`,
      )
      return (rows[0]?.n ?? 0) > 1
    })
    release()
    await lock
    await c.ended()
    const again = await net.connect(owner)
    expect(again.ready.channelIds).toContain((BigInt(guild.id) + 1n).toString())
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

test("/healthz, /readyz and /metrics answer", async () => {
  const net = await testNetwork(database)
  try {
    const url = net.nodes[0]?.url ?? ""
    const a = await net.connect(alice)
    await a.send(general, "counted")
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(await readyz(url)).toMatchObject({ status: 200, body: { because: [], degraded: [] } })
    const text = await (await fetch(`${url}/metrics`)).text()
    expect(text).toMatch(/hearth_connections 1\n/)
    expect(text).toMatch(/hearth_append_batch_count 1\n/)
    expect((await fetch(`${url}/nothing`)).status).toBe(404)
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

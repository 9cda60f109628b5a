import { randomUUID } from "node:crypto"
import { request } from "node:http"
import { PROTOCOL_VERSION } from "@hearth/core"
import { outboxHead, schema, signTicket } from "@hearth/db"
import {
  joinGuild,
  makeChannel,
  makeGuild,
  makeSession,
  makeUser,
  refusal,
  revokeSession,
  stopwatch,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isOwnOrigin } from "./origin.ts"
import { TEST_SECRET, type TestNetwork, testNetwork } from "./test-network.ts"

let database: TestDatabase
let net: TestNetwork
let alice: TestUser
let bob: TestUser
let guild: TestGuild

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  guild = await makeGuild(db, alice, [bob])
  net = await testNetwork(database)
})
afterAll(async () => {
  await net?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

const claims = (user: TestUser) => ({ sessionId: user.sessionId, userId: user.id })
const nobodyIsLeft = () => waitUntil("all sockets to be gone", () => net.nodes[0]?.connections.size === 0)

test("a ticket opens one socket, once, and only as it was signed", async () => {
  const ticket = signTicket(TEST_SECRET, claims(alice))
  const first = await net.connect(alice, { ticket })
  const code = async (options: { ticket?: string; protocol?: number; pos?: string }) =>
    (await refusal(net.connect(alice, options))).code
  expect(await code({ ticket })).toBe("UNAUTHENTICATED")
  expect(await code({ ticket: signTicket("another secret, just as long as it", claims(alice)) })).toBe(
    "UNAUTHENTICATED",
  )
  expect(await code({ ticket: signTicket(TEST_SECRET, claims(alice), Date.now() - 31_000) })).toBe("UNAUTHENTICATED")
  expect(await code({ ticket: `${ticket.slice(0, -3)}AAA` })).toBe("UNAUTHENTICATED")
  expect(await code({ ticket: "" })).toBe("UNAUTHENTICATED")
  expect(await code({ ticket: "x".repeat(5000) })).toBe("UNAUTHENTICATED")
  expect(await code({ pos: "-1" })).toBe("UNAUTHENTICATED")
  expect(await code({ protocol: PROTOCOL_VERSION + 1 })).toBe("BAD_REQUEST")
  expect(first.socket.connected).toBe(true)
  first.close()
  await nobodyIsLeft()
})

test("a hundred sockets with one ticket: one gets in", async () => {
  const ticket = signTicket(TEST_SECRET, claims(alice))
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => net.connect(alice, { ticket })))
  const open = results.flatMap((r) => (r.status === "fulfilled" ? [r.value] : []))
  expect(open).toHaveLength(1)
  open[0]?.close()
  await nobodyIsLeft()
})

test("two CONNECTs at once on one engine are one connection, and its end is heard", async () => {
  const pos = await outboxHead(database.db)
  const connect = () =>
    `40${JSON.stringify({ ticket: signTicket(TEST_SECRET, claims(alice)), protocol: PROTOCOL_VERSION, pos })}`
  const socket = new WebSocket(`${net.nodes[0]?.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`)
  const heard: string[] = []
  socket.addEventListener("message", ({ data }) => {
    heard.push(String(data))
    if (heard.length > 1) return
    socket.send(connect())
    socket.send(connect())
  })
  const count = (prefix: string) => heard.filter((packet) => packet.startsWith(prefix)).length
  await waitUntil("both answers", () => count("40") + count("44") === 2)
  expect([count("40"), count("44")]).toEqual([1, 1])
  socket.close()
  await nobodyIsLeft()
})

test("a ticket of a session that has ended, that ran out, or that is somebody else's, is refused", async () => {
  const { db } = database
  const gone = { ...alice, sessionId: await makeSession(db, alice.id) }
  const ticket = signTicket(TEST_SECRET, claims(gone))
  await revokeSession(db, gone)
  expect((await refusal(net.connect(gone, { ticket }))).code).toBe("UNAUTHENTICATED")
  const over = { ...alice, sessionId: await makeSession(db, alice.id, -1000) }
  expect((await refusal(net.connect(over))).code).toBe("UNAUTHENTICATED")
  expect((await refusal(net.connect({ ...alice, sessionId: bob.sessionId }))).code).toBe("UNAUTHENTICATED")
})

test("a session that is revoked loses its sockets within a second, and no others", async () => {
  const { db } = database
  const phone = { ...alice, sessionId: await makeSession(db, alice.id) }
  const [one, two, other] = [await net.connect(phone), await net.connect(phone), await net.connect(alice)]
  const elapsed = stopwatch()
  await revokeSession(db, phone)
  await Promise.all([one.ended(), two.ended()])
  expect(elapsed()).toBeLessThan(1000)
  await one.hears("session:ended")
  expect(other.socket.connected).toBe(true)
  await other.command("channel:resume", {
    channels: [{ channelId: guild.channels.general ?? "", span: null, marks: {} }],
  })
})

test("a session that runs out takes its sockets with it", async () => {
  const net = await testNetwork(database, { timings: { sessions: 50 } })
  try {
    const [brief, other] = [{ ...alice, sessionId: await makeSession(database.db, alice.id) }, alice]
    const [a, b] = [await net.connect(brief), await net.connect(other)]
    await database.db.execute(sql`update sessions set expires_at = now() where id = ${brief.sessionId}`)
    await a.ended()
    await a.hears("session:ended")
    expect(b.socket.connected).toBe(true)
  } finally {
    await net[Symbol.asyncDispose]()
  }
})

test("sessions that end while they connect never stay", async () => {
  const { db } = database
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const brief = { ...alice, sessionId: await makeSession(db, alice.id) }
      const [opened] = await Promise.allSettled([net.connect(brief), revokeSession(db, brief)])
      if (opened.status === "fulfilled") await opened.value.ended()
    }),
  )
})

test("a client goes on from its position: what it missed comes first, and only what it may see", async () => {
  const { db } = database
  const pos = await outboxHead(db)
  const open = await makeChannel(db, guild, "made-meanwhile")
  const secret = await makeChannel(db, guild, "secret", [alice.id])
  // From now on the node has read them: who comes with an older position gets them before anything else.
  await net.connect(alice)
  const a = await net.connect(alice, { pos })
  const b = await net.connect(bob, { pos })
  const names = (c: typeof a) => c.heard.flatMap((h) => (h.event === "channel:added" ? [h.payload.id] : []))
  expect(names(a)).toEqual([open.id, secret.id])
  expect(names(b)).toEqual([open.id])
  expect(a.heard.findIndex((h) => h.event === "gateway:ready")).toBe(2)
  expect(b.ready.channelIds).not.toContain(secret.id)
  expect(a.ready).toMatchObject({ reset: false, pos: await outboxHead(db) })
})

test("a position that is not known here, or too old, starts anew", async () => {
  const { db } = database
  expect((await net.connect(alice, { pos: "999999999" })).ready.reset).toBe(true)
  const early = await outboxHead(db)
  for (let i = 0; i < 3; i++) await makeChannel(db, guild, `more-${i}`)
  const fresh = await testNetwork(database)
  try {
    // A node that began later has these rows in the database only.
    expect((await fresh.connect(bob, { pos: early })).heard.filter((h) => h.event === "channel:added")).toHaveLength(3)
    await db.execute(sql`update outbox set at = now() - interval '25 hours'`)
    const { sweepOutbox } = await import("@hearth/db")
    expect(await sweepOutbox(db)).toBeGreaterThan(0)
    expect((await fresh.connect(bob, { pos: early })).ready.reset).toBe(true)
    expect((await fresh.connect(bob)).ready.reset).toBe(false)
  } finally {
    await fresh[Symbol.asyncDispose]()
  }
})

test("whoever joins hears of it at once, and is in its rooms", async () => {
  const { db } = database
  const carol = await makeUser(db, "carol")
  const c = await net.connect(carol)
  expect(c.ready.channelIds).toEqual([])
  await joinGuild(db, guild.id, carol)
  await c.hears("guild:added")
  const made = await makeChannel(db, guild, "after-carol")
  expect(await c.hears("channel:added", (channel) => channel.id === made.id)).toMatchObject({ name: "after-carol" })
  await c.open(made.id)
  expect(await c.send(made.id, "here I am")).toMatchObject({ seq: 1 })
})

const handshakeStatus = (headers: Record<string, string>, transport: "polling" | "websocket"): Promise<number> =>
  new Promise((resolve, reject) => {
    const upgrade = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.from("0123456789abcdef").toString("base64"),
    }
    const req = request(`${net.nodes[0]?.url}/socket.io/?EIO=4&transport=${transport}`, {
      headers: { ...(transport === "websocket" && upgrade), ...headers },
    })
    req.on("response", (res) => {
      res.resume()
      resolve(res.statusCode ?? 0)
    })
    req.on("upgrade", (res, socket) => {
      socket.destroy()
      resolve(res.statusCode ?? 0)
    })
    req.on("error", reject)
    req.end()
  })

test.each(["polling", "websocket"] as const)("a foreign page may not open a socket, by %s", async (transport) => {
  const host = new URL(net.nodes[0]?.url ?? "").host
  const ok = transport === "polling" ? 200 : 101
  const refused = [400, 403]
  expect(await handshakeStatus({ origin: `http://${host}` }, transport)).toBe(ok)
  expect(await handshakeStatus({}, transport)).toBe(ok)
  expect(await handshakeStatus({ "sec-fetch-site": "same-origin" }, transport)).toBe(ok)
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `http://${host}.evil.example` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ]
  for (const headers of foreign) expect(refused).toContain(await handshakeStatus(headers, transport))
})

test("a client that only polls is served all the same", async () => {
  const c = await net.connect(alice, { transports: ["polling"] })
  const general = guild.channels.general ?? ""
  await c.open(general)
  const { seq } = await c.send(general, "by polling")
  await waitUntil("its own message", () => c.view(general).span?.to === seq)
  c.close()
})

test("an origin is compared with the public host, by its own scheme's default port", () => {
  expect(isOwnOrigin({ host: "inner:7000", "x-forwarded-host": "chat.example", origin: "https://chat.example" })).toBe(
    true,
  )
  expect(isOwnOrigin({ host: "chat.example:443", origin: "https://chat.example" })).toBe(true)
  expect(isOwnOrigin({ host: "chat.example:8080", origin: "http://chat.example" })).toBe(false)
  expect(isOwnOrigin({ host: "chat.example", origin: "file://chat.example" })).toBe(false)
  expect(isOwnOrigin({ host: "CHAT.example", origin: "https://chat.example" })).toBe(true)
  expect(isOwnOrigin({ origin: "https://chat.example" })).toBe(false)
})

test("used tickets do not pile up unnoticed: one row a handshake", async () => {
  const before = await database.db.$count(schema.usedTickets)
  const c = await net.connect(alice)
  expect(await database.db.$count(schema.usedTickets)).toBe(before + 1)
  expect((await refusal(net.connect(alice, { ticket: randomUUID() }))).code).toBe("UNAUTHENTICATED")
  expect(await database.db.$count(schema.usedTickets)).toBe(before + 1)
  c.close()
})

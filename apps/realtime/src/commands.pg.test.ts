import { randomUUID } from "node:crypto"
import { commands } from "@hearth/core"
import {
  makeGuild,
  makeUser,
  refusal,
  type TestDatabase,
  type TestGuild,
  type TestUser,
  testDatabase,
  waitUntil,
} from "@hearth/testing"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestNetwork, testNetwork } from "./test-network.ts"

let database: TestDatabase
let net: TestNetwork
let alice: TestUser
let guild: TestGuild
let general: string

beforeAll(async () => {
  database = await testDatabase()
  alice = await makeUser(database.db, "alice")
  guild = await makeGuild(database.db, alice, [])
  general = guild.channels.general ?? ""
  net = await testNetwork(database)
})
afterAll(async () => {
  await net?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

test("what does not fit a command's schema is answered BAD_REQUEST, and the socket lives [4.2, 4.3]", async () => {
  const a = await net.connect(alice)
  const odd: unknown[] = [
    undefined,
    null,
    0,
    "text",
    [],
    {},
    [[[]]],
    { channelId: 5 },
    { channelId: "0" },
    { channelId: "99999999999999999999" },
    { channelId: { $ne: null } },
    JSON.parse('{"__proto__": {"channelId": "1"}, "constructor": {"prototype": 1}}'),
    { channels: "all" },
    { channels: [] },
    { channelId: "-1", content: "", nonce: "n" },
    Buffer.from("binary"),
  ]
  for (const name of Object.keys(commands))
    for (const body of odd)
      expect(await a.raw(name, body), `${name} ${JSON.stringify(body)}`).toMatchObject({
        ok: false,
        error: { code: "BAD_REQUEST" },
      })
  for (const name of ["nonsense", "__proto__", "constructor", "toString", "error", "message:Send", ""])
    expect(await a.raw(name, {})).toMatchObject({ ok: false, error: { code: "BAD_REQUEST" } })
  expect(await a.send(general, "still here")).toMatchObject({ seq: 1 })
})

test("a command without an ack, with too many arguments or with the ack in the wrong place ends nothing", async () => {
  const a = await net.connect(alice)
  const emit = a.socket.emit.bind(a.socket) as (name: string, ...args: unknown[]) => void
  emit("message:send", { channelId: general, content: "without an ack", nonce: randomUUID() })
  emit("message:send")
  emit("error", new Error("not ours"))
  emit("error")
  emit("unknown:event", 1, 2, 3)
  await waitUntil("the message", async () =>
    (await a.open(general)).messages.some((m) => m.content === "without an ack"),
  )
  expect(await a.raw("message:send", { channelId: general, content: "x", nonce: randomUUID() }, "more")).toMatchObject({
    ok: true,
  })
})

test.each([
  ["too long", "x".repeat(4001)],
  ["too many bytes", "🙂".repeat(3999) + "🙂🙂"],
  ["empty", ""],
  ["white space", " \n\t "],
  ["control characters", "a\u0000b"],
  ["half a character", "a\ud800b"],
])("a message that is %s is refused with a sentence, and nothing is stored", async (_, content) => {
  const a = await net.connect(alice)
  const before = (await a.open(general)).head
  const error = await refusal(a.send(general, content))
  expect(error.code).toBe("BAD_REQUEST")
  expect(error.message).toMatch(/message/i)
  expect((await a.open(general)).head).toBe(before)
})

test("frames that are no Socket.IO, or too large, end their own socket and no other", async () => {
  const a = await net.connect(alice)
  for (const frame of [
    "4",
    "42",
    "42[",
    '42["message:send"',
    "4999",
    "452-[1]",
    "x",
    "\u0000",
    `42["x","${"y".repeat(70_000)}"]`,
  ]) {
    const b = await net.connect(alice)
    const { engine } = b.socket.io as unknown as { engine: { transport: { ws: { send(data: string): void } } } }
    engine.transport.ws.send(frame)
    await Promise.race([b.ended(), b.raw("typing:start", { channelId: general }).catch(() => {})])
    b.close()
  }
  expect((await a.raw("typing:start", { channelId: general })).ok).toBe(true)
})

test("more events than a socket may send are refused with when to come back", async () => {
  const slow = await testNetwork(database, { sizes: { eventBurst: 20, eventsPerSecond: 0.01 } })
  try {
    const a = await slow.connect(alice)
    const replies = await Promise.all(Array.from({ length: 30 }, () => a.raw("typing:start", { channelId: general })))
    const refused = replies.flatMap((r) => (r.ok ? [] : [r.error]))
    expect(refused).toHaveLength(10)
    for (const error of refused) expect(error).toMatchObject({ code: "RATE_LIMITED" })
    for (const { retryAfterMs } of refused) expect(retryAfterMs).toBeGreaterThan(0)
  } finally {
    await slow[Symbol.asyncDispose]()
  }
})

test("sends are limited by person, and a retry of a known nonce costs nothing", async () => {
  const limited = await testNetwork(database, { sizes: { sendBurst: 5, sendsPerSecond: 0.01 } })
  try {
    const [a, b] = [await limited.connect(alice), await limited.connect(alice)]
    const nonce = randomUUID()
    const first = await a.send(general, "the first", nonce)
    for (let i = 0; i < 10; i++) await b.send(general, "the first", nonce)
    for (let i = 0; i < 4; i++) await (i % 2 ? a : b).send(general, `more ${i}`)
    const error = await refusal(b.send(general, "one too many"))
    expect(error).toMatchObject({ code: "RATE_LIMITED" })
    expect(error.retryAfterMs).toBeGreaterThan(0)
    // With nothing left, too, on whatever connection; another text under that nonce is no retry.
    for (const client of [a, b])
      expect(await client.send(general, "the first", nonce)).toMatchObject({ seq: first.seq })
    expect((await refusal(a.send(general, "the second", nonce))).code).toBe("CONFLICT")
    expect((await refusal(a.send(general, "still too many"))).code).toBe("RATE_LIMITED")
  } finally {
    await limited[Symbol.asyncDispose]()
  }
})

test("beyond what may be in flight, sends are refused at once and say when to come back", async () => {
  const small = await testNetwork(database, { sizes: { inFlight: 10, inFlightOfChannel: 10 } })
  try {
    const a = await small.connect(alice)
    const results = await Promise.allSettled(Array.from({ length: 200 }, (_, i) => a.send(general, `burst ${i}`)))
    const refused = results.flatMap((r) => (r.status === "rejected" ? [r.reason] : []))
    expect(refused.length).toBeGreaterThan(0)
    expect(results.length - refused.length).toBeGreaterThanOrEqual(10)
    for (const error of refused) expect(error).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 1000 })
    const view = await a.open(general)
    const { seq } = await a.send(general, "and on it goes")
    expect(seq).toBe(view.head + 1)
  } finally {
    await small[Symbol.asyncDispose]()
  }
})

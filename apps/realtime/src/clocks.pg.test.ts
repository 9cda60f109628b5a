import { schema, signTicket } from "@hearth/db"
import { makeGuild, makeUser, type TestDatabase, type TestUser, testDatabase, waitUntil } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest"
import { TEST_SECRET, type TestNetwork, testNetwork } from "./test-network.ts"

const HOUR = 3_600_000
const TICKET_MS = 30_000

let database: TestDatabase
let net: TestNetwork
let alice: TestUser
let bob: TestUser
let general: string
/** How far the clock of this machine is ahead. PostgreSQL's is another. */
let ahead = 0
const trueNow = Date.now

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
})
beforeEach(async () => {
  const { db } = database
  ;[alice, bob] = [await makeUser(db, "alice"), await makeUser(db, "bob")]
  general = (await makeGuild(db, alice, [bob])).channels.general ?? ""
  ahead = 0
  vi.spyOn(Date, "now").mockImplementation(() => trueNow() + ahead)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await net?.[Symbol.asyncDispose]()
})

const connect = (user: TestUser) =>
  net.connect(user, {
    ticket: signTicket(TEST_SECRET, { sessionId: user.sessionId, userId: user.id }, trueNow()),
  })
const isReady = () => waitUntil("the node to be ready", () => net.nodes[0]?.ready())

test("a node that is started with a wrong clock keeps the database's time", async () => {
  for (const wrong of [-HOUR, HOUR]) {
    ahead = wrong
    net = await testNetwork(database)
    const client = await connect(alice)
    await client.open(general)
    const { seq } = await client.send(general, "now")
    await waitUntil("the message", () => client.view(general).messages.some((m) => m.seq === seq))
    const message = client.view(general).messages.find((m) => m.seq === seq)
    expect(Math.abs((message?.createdAt ?? 0) - trueNow())).toBeLessThan(HOUR / 2)
    await net[Symbol.asyncDispose]()
  }
})

test("a clock that jumps under a running node opens no old ticket, refuses no new one and rings nothing early", async () => {
  net = await testNetwork(database)
  const old = signTicket(TEST_SECRET, { sessionId: alice.sessionId, userId: alice.id }, trueNow() - 2 * TICKET_MS)
  const remind = (seq: number, at: number) =>
    database.db
      .insert(schema.savedMessages)
      .values({ userId: alice.id, channelId: general, seq, savedAt: new Date(), remindAt: new Date(at) })
  await remind(1, trueNow() + HOUR / 2)
  for (const [i, jump] of [-2 * TICKET_MS, HOUR, 0].entries()) {
    ahead = jump
    await isReady()
    await expect(net.connect(alice, { ticket: old })).rejects.toMatchObject({ code: "UNAUTHENTICATED" })
    const client = await connect(alice)
    await remind(i + 2, trueNow())
    // One who is seen to has everything rung that is due.
    expect(await client.hears("later:due")).toMatchObject({ messages: [{ seq: i + 2 }] })
  }
})

test("a clock that was an hour ahead and came back does not make the node believe for an hour what it knows", async () => {
  net = await testNetwork(database, { timings: { freshness: 3_000, outboxTimeout: 500 } })
  ahead = HOUR
  await isReady()
  ahead = 0
  await isReady()
  const client = await connect(bob)
  const held = Promise.withResolvers<void>()
  const lock = database.db.transaction(async (tx) => {
    await tx.execute(sql`lock table outbox in access exclusive mode`)
    await held.promise
  })
  onTestFinished(async () => {
    held.resolve()
    await lock
  })
  await client.ended()
  expect(await client.hears("gateway:resync", ({ reason }) => reason === "stale")).toMatchObject({ reason: "stale" })
})

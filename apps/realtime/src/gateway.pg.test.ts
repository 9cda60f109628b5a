import { randomUUID } from "node:crypto"
import { AppError, type Message } from "@hearth/core"
import { schema } from "@hearth/db"
import { makeGuild, makeUser, type TestDatabase, type TestGuild, type TestUser, testDatabase, waitUntil } from "@hearth/testing"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestNetwork, testNetwork } from "./test-network.ts"

let database: TestDatabase
let net: TestNetwork
let alice: TestUser
let bob: TestUser
let carol: TestUser
let guild: TestGuild
let general: string

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  ;[alice, bob, carol] = [await makeUser(db, "alice"), await makeUser(db, "bob"), await makeUser(db, "carol")]
  guild = await makeGuild(db, alice, [bob], ["general", "other"])
  general = guild.channels.general ?? ""
  net = await testNetwork(database)
})
afterAll(async () => {
  await net?.[Symbol.asyncDispose]()
  await database?.[Symbol.asyncDispose]()
})

const contents = (messages: readonly Message[]) => messages.map((m) => m.content)
const failure = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => Promise.reject(new Error("it was allowed")),
    (error: unknown) => {
      if (error instanceof AppError) return error
      throw error
    },
  )

test("two people open a channel, and each sees what the other writes", async () => {
  const a = await net.connect(alice)
  const b = await net.connect(bob)
  expect(b.ready.reset).toBe(false)
  expect(new Set(b.ready.channelIds)).toEqual(new Set(Object.values(guild.channels)))
  await a.open(general)
  await b.open(general)
  const sent = await a.send(general, "hello")
  expect(await b.nextMessage(general)).toMatchObject({ content: "hello", authorId: alice.id, seq: sent.seq, id: sent.id })
  await b.send(general, "hello yourself")
  await a.nextMessage(general)
  expect(await a.nextMessage(general)).toMatchObject({ content: "hello yourself", authorId: bob.id })
})

test("a retry with the same nonce is the same message; another body under it is a conflict [6.2, 6.3]", async () => {
  const a = await net.connect(alice)
  const nonce = randomUUID()
  const first = await a.send(general, "once", nonce)
  expect(await a.send(general, "once", nonce)).toMatchObject({ id: first.id, seq: first.seq })
  const [x, y] = await Promise.all([a.send(general, "once", nonce), a.send(general, "once", nonce)])
  expect([x.seq, y.seq]).toEqual([first.seq, first.seq])
  expect((await failure(a.send(general, "twice", nonce))).code).toBe("CONFLICT")
})

test("everybody sees one order, dense and without a gap", async () => {
  const a = await net.connect(alice)
  const b = await net.connect(bob)
  const channelId = guild.channels.other ?? ""
  await a.open(channelId)
  await b.open(channelId)
  await Promise.all(
    Array.from({ length: 200 }, (_, i) => (i % 2 ? a : b).send(channelId, `message ${i}`)),
  )
  await waitUntil("both to have 200", () => [a, b].every((c) => c.view(channelId).span?.to === 200))
  const rows = a.view(channelId).messages
  expect(rows.map((m) => m.seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
  expect(rows).toEqual(b.view(channelId).messages)
  expect(new Set(contents(rows)).size).toBe(200)
  const frames = b.heard.filter((h) => h.event === "channel:changed").length
  expect(frames).toBeLessThan(200)
})

test("the head is written behind to channels.last_seq", async () => {
  const a = await net.connect(alice)
  const { seq } = await a.send(general, "for the lists")
  await waitUntil("last_seq", async () => {
    const [row] = await database.db.select().from(schema.channels).where(eq(schema.channels.id, general))
    return row !== undefined && row.lastSeq >= seq
  })
})

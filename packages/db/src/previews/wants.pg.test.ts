import { newSnowflake, type Message, type Snowflake } from "@hearth/core"
import { makeGuild, makeUser, type TestDatabase, testDatabase } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { transact } from "../outbox.ts"
import { previewWants } from "../schema/index.ts"
import { claimWant, settleWant, type Want, wantPreviews } from "./wants.ts"

let database: TestDatabase
let general: Snowflake
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  const { db } = database
  await db.delete(previewWants)
  const guild = await makeGuild(db, await makeUser(db, "alice"), [])
  general = guild.channels.general ?? ""
})

const said = (): Message => ({
  ...{ channelId: general, seq: 1, id: newSnowflake(), mver: 1, version: 1, authorId: "1", nonce: "n".repeat(16) },
  ...{ content: "https://a.org/", createdAt: Date.now(), editedAt: null, deleted: false, replyTo: null, reactions: {} },
})
const want = () => transact(database.db, (tx) => wantPreviews(tx, general, [said()], Date.now()))
/** Moments are kept to the millisecond: what is due now may be due in a half of one. */
const claimed = (): Promise<Want> =>
  vi.waitFor(async () => {
    const mine = await claimWant(database.db)
    if (!mine) throw new Error("there is nothing to claim")
    return mine
  })
const isDue = () => database.db.execute(sql`update preview_wants set try_at = now() - interval '1 s'`)
const left = () => database.db.$count(previewWants)

test("a claim is one node's until it is settled", async () => {
  await want()
  const mine = await claimed()
  expect(mine).toMatchObject({ channelId: general, seq: 1, tries: 1 })
  expect(await claimWant(database.db)).toBeNull()
  await settleWant(database.db, mine, null)
  expect(await left()).toBe(0)
})

test("who claimed before an edit says nothing of what was claimed after it", async () => {
  await want()
  const before = await claimed()
  await want()
  const after = await claimed()
  expect(after.tries).toBe(before.tries)
  await settleWant(database.db, before, { inMs: 0 })
  expect(await claimWant(database.db)).toBeNull()
  await settleWant(database.db, before, null)
  expect(await left()).toBe(1)
  await settleWant(database.db, after, null)
  expect(await left()).toBe(0)
})

test("who took longer than a claim lasts says nothing of the next one", async () => {
  await want()
  const late = await claimed()
  await isDue()
  const next = await claimed()
  await settleWant(database.db, late, null)
  expect(await left()).toBe(1)
  await settleWant(database.db, next, null)
  expect(await left()).toBe(0)
})

test("a wait is no try, a failure is one", async () => {
  await want()
  for (const [again, tries] of [
    [{ inMs: 0, isWait: true }, 1],
    [{ inMs: 0, isWait: true }, 1],
    [{ inMs: 0 }, 2],
    [{ inMs: 0, isWait: true }, 2],
  ] as const) {
    await settleWant(database.db, await claimed(), again)
    await isDue()
    const next = await claimed()
    expect(next.tries).toBe(tries)
    await settleWant(database.db, next, { inMs: 0, isWait: true })
  }
})

import { type TestDatabase, testDatabase, waitUntil } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database?.[Symbol.asyncDispose]()
})

// An error event that nobody hears ends the process: here Vitest reports it, and fails.
test("a connection that breaks between two queries of a transaction fails that transaction and nothing else", async () => {
  const { db } = database
  let ended = false
  // The first connection is the transaction's.
  db.$client.once("connect", (client) => client.once("end", () => (ended = true)))
  const broken = db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    const pid = rows[0]?.pid ?? 0
    await db.execute(sql`select pg_terminate_backend(${pid})`)
    await waitUntil("the client to have heard of it", () => ended)
    await tx.execute(sql`select 1`)
  })
  await expect(broken).rejects.toThrow()
  expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
})

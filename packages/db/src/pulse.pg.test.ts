import { type PostgresPart, privatePostgres, stopwatch, waitUntil } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openDatabase } from "./client.ts"
import { toAppError } from "./failure.ts"
import { openWatchedPool } from "./pool.ts"

let server: PostgresPart
beforeAll(async () => {
  server = await privatePostgres()
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
})

const failure = async (work: Promise<unknown>) => {
  const elapsed = stopwatch()
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return { error: toAppError(error), ms: elapsed() }
}

test("frozen: whoever asks, waits or is in a transaction is told within a second, then at once; awake again: all as before", async () => {
  const db = openDatabase({ url: server.url, max: 2 })
  const ask = () => db.execute(sql`select 1`)
  try {
    let goOn = () => {}
    const frozen = new Promise<void>((resolve) => (goOn = resolve))
    let inside = () => {}
    const begun = new Promise<void>((resolve) => (inside = resolve))
    const transaction = db.transaction(async (tx) => {
      await tx.execute(sql`select 1`)
      inside()
      await frozen
      await tx.execute(sql`select 1`)
    })
    await begun
    server.pause()
    try {
      goOn()
      // One is in the transaction, one makes a connection, and for two there is none left.
      for (const { error, ms } of await Promise.all([transaction, ask(), ask(), ask()].map(failure))) {
        expect(error).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: expect.any(Number) })
        expect(ms).toBeLessThan(5000)
      }
      const { error, ms } = await failure(ask())
      expect(error).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: expect.any(Number) })
      expect(ms).toBeLessThan(2000)
    } finally {
      server.resume()
    }
    await waitUntil("it to answer again", () => ask().catch(() => undefined))
    expect(await db.transaction((tx) => tx.execute(sql`select 2 as two`))).toMatchObject({ rows: [{ two: 2 }] })
  } finally {
    await db.$client.end()
  }
})

test("a question that takes long is no freeze, however often it is looked at", async () => {
  const pool = openWatchedPool({ connectionString: server.url, pulse: { suspectMs: 20, signMs: 5000 } }, () => {})
  try {
    const answers = await Promise.all([pool.query("select pg_sleep(0.5), 1 as one"), pool.query("select 2 as two")])
    expect(answers.map(({ rows }) => rows[0])).toMatchObject([{ one: 1 }, { two: 2 }])
  } finally {
    await pool.end()
  }
})

test("a connection that alone is silent for longer than the server allows is ended, and nothing else", async () => {
  const pool = openWatchedPool(
    { connectionString: server.url, pulse: { suspectMs: 20, signMs: 5000, longestMs: 1500 } },
    () => {},
  )
  const client = await pool.connect()
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid")
  const pid = rows[0]?.pid ?? 0
  process.kill(pid, "SIGSTOP")
  try {
    await expect(client.query("select 1")).rejects.toThrow(/Connection terminated/)
    expect((await pool.query("select 2 as two")).rows).toEqual([{ two: 2 }])
  } finally {
    process.kill(pid, "SIGCONT")
    client.release(true)
    await pool.end()
  }
})

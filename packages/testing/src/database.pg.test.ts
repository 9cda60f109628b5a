import { sql } from "drizzle-orm"
import pg from "pg"
import { expect, test } from "vitest"
import { privatePostgres, testDatabase } from "./index.ts"

const instances = async (url: string, connectionTimeoutMillis = 5000) => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis })
  await client.connect()
  try {
    return (await client.query("select count(*)::int as n from instance")).rows[0].n as number
  } finally {
    await client.end()
  }
}

test("each suite has its own migrated database", async () => {
  await using one = await testDatabase()
  await using two = await testDatabase()
  await one.db.execute(sql`insert into instance (name) values ('one')`)
  expect(await instances(one.url)).toBe(1)
  expect(await instances(two.url)).toBe(0)
})

test("a database is gone after its suite", async () => {
  const one = await testDatabase()
  await one[Symbol.asyncDispose]()
  await expect(instances(one.url)).rejects.toThrow(/does not exist/)
})

test("a server of one's own keeps its data over stop, kill and pause", async () => {
  await using server = await privatePostgres()
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query("insert into instance (name) values ('kept')")
  client.on("error", () => {})
  await server.kill()
  await expect(instances(server.url)).rejects.toThrow(/ECONNREFUSED/)
  await server.start()
  expect(await instances(server.url)).toBe(1)
  await server.stop()
  await server.start()
  expect(await instances(server.url)).toBe(1)

  server.pause()
  // The kernel still accepts for it, and nobody answers: that is what makes a silent server worse than a dead one.
  await expect(instances(server.url, 300)).rejects.toThrow(/timeout/)
  server.resume()
  expect(await instances(server.url)).toBe(1)
})

import { Client } from "cassandra-driver"
import { expect, test } from "vitest"
import { testKeyspace } from "./index.ts"

test("each suite has its own migrated keyspace, dropped in the end", async () => {
  const one = await testKeyspace()
  const client = new Client({ contactPoints: one.contactPoints, localDataCenter: one.localDc })
  const tables = async () =>
    (await client.execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", [one.keyspace]))
      .rowLength
  try {
    expect(await tables()).toBeGreaterThan(2)
    await one[Symbol.asyncDispose]()
    expect(await tables()).toBe(0)
  } finally {
    await client.shutdown()
  }
})

import { randomBytes } from "node:crypto"
import { migrateCassandra } from "@hearth/db/migrate"
import { Client } from "cassandra-driver"
import { type CassandraPart, startCassandra } from "./parts/cassandra.ts"
import { provided } from "./provided.ts"

export interface TestKeyspace extends AsyncDisposable {
  /** host:port */
  contactPoints: string[]
  localDc: string
  keyspace: string
}

/** A keyspace of its own for a suite: migrated, empty, dropped in the end. Takes a second or two: one a file, not one a test. */
export const testKeyspace = async (): Promise<TestKeyspace> => {
  const address = provided("cassandra")
  const keyspace = `test_${randomBytes(8).toString("hex")}`
  await migrateCassandra({ ...address, keyspace })
  return {
    ...address,
    keyspace,
    [Symbol.asyncDispose]: async () => {
      const client = new Client({
        contactPoints: address.contactPoints,
        localDataCenter: address.localDc,
        socketOptions: { readTimeout: 30_000 },
      })
      try {
        await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`)
      } finally {
        await client.shutdown()
      }
    },
  }
}

/** A node of its own, for tests that stop, kill or pause it. Takes ten seconds and a gigabyte. */
export const privateCassandra = (): Promise<CassandraPart> => startCassandra()

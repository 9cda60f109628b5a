import { randomUUID } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { setTimeout as delay } from "node:timers/promises"
import type { Client } from "cassandra-driver"
import { type CassandraAddress, connectCassandra } from "./connect.ts"

export interface MigrateCassandraOptions extends CassandraAddress {
  keyspace: string
  /** A CQL map. Absent: 3 copies in the local data centre, or as many as there are nodes. */
  replication?: string
  /** How long to wait for the first node to answer, in ms: it may be starting. */
  waitMs?: number
}

const CQL_FOLDER = new URL("../../../cql/", import.meta.url)
const LOCK_SECONDS = 60

/** Brings a keyspace up to this code, and makes it when it is missing. Safe to run at once from several processes. */
export const migrateCassandra = async ({
  keyspace,
  replication,
  waitMs = 30_000,
  ...address
}: MigrateCassandraOptions): Promise<void> => {
  if (!/^[a-z][a-z0-9_]{0,47}$/.test(keyspace))
    throw new Error(`CASSANDRA_KEYSPACE "${keyspace}" is not a keyspace's name.`)
  const client = await connectWithin(address, waitMs)
  try {
    await createKeyspace(client, keyspace, replication)
    await client.execute(`CREATE TABLE IF NOT EXISTS ${keyspace}.schema_versions (
      version int PRIMARY KEY, name text, applied_at timestamp)`)
    await client.execute(`CREATE TABLE IF NOT EXISTS ${keyspace}.schema_lock (id int PRIMARY KEY, owner text)`)
    const release = await lock(client, keyspace)
    try {
      await applyMissing(client, keyspace)
    } finally {
      await release()
    }
  } finally {
    await client.shutdown()
  }
}

const connectWithin = async (address: CassandraAddress, waitMs: number): Promise<Client> => {
  const giveUp = Date.now() + waitMs
  for (;;) {
    try {
      // Schema changes wait for agreement and a flush: seconds, not milliseconds.
      return await connectCassandra(address, { readTimeoutMs: 30_000 })
    } catch (error) {
      // A data centre that is not there will not come up either.
      if (Date.now() > giveUp || /localDataCenter/.test(String(error))) throw error
      await delay(500)
    }
  }
}

const createKeyspace = async (client: Client, keyspace: string, replication: string | undefined) => {
  const { rows } = await client.execute("SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?", [
    keyspace,
  ])
  if (rows.length > 0) return
  const local = (await client.execute("SELECT data_center FROM system.local")).first().get("data_center") as string
  const peers = await client.execute("SELECT data_center FROM system.peers")
  const nodes = 1 + peers.rows.filter((row) => row.get("data_center") === local).length
  const copies = replication ?? `{'class': 'NetworkTopologyStrategy', '${local}': ${Math.min(3, nodes)}}`
  // Scylla's tablets know no conditional writes in many versions; Cassandra does not know the option.
  const scylla = await client.execute(
    "SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'system_schema' AND table_name = 'scylla_tables'",
  )
  const tablets = scylla.rows.length > 0 ? " AND tablets = {'enabled': false}" : ""
  await client.execute(`CREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH replication = ${copies}${tablets}`, [], {
    prepare: false,
  })
}

/** A row with a time to live, taken by a conditional insert: a migrator that died lets go by itself. */
const lock = async (client: Client, keyspace: string): Promise<() => Promise<void>> => {
  const owner = randomUUID()
  const take = `INSERT INTO ${keyspace}.schema_lock (id, owner) VALUES (1, ?) IF NOT EXISTS USING TTL ${LOCK_SECONDS}`
  const giveUp = Date.now() + 2 * LOCK_SECONDS * 1000
  while (!(await client.execute(take, [owner])).first().get("[applied]")) {
    if (Date.now() > giveUp) throw new Error("Another process is migrating Cassandra, and does not come to an end.")
    await delay(200)
  }
  return async () => {
    await client.execute(`DELETE FROM ${keyspace}.schema_lock WHERE id = 1 IF owner = ?`, [owner])
  }
}

const applyMissing = async (client: Client, keyspace: string) => {
  const { rows } = await client.execute(`SELECT version FROM ${keyspace}.schema_versions`)
  const applied = new Set(rows.map((row) => row.get("version") as number))
  for (const { version, name, statements } of await cqlMigrations()) {
    if (applied.has(version)) continue
    // Every statement says IF NOT EXISTS, so that a migration that was cut short is simply run again.
    for (const statement of statements)
      await client.execute(statement.replaceAll("{keyspace}", keyspace), [], { prepare: false })
    await client.execute(
      `INSERT INTO ${keyspace}.schema_versions (version, name, applied_at) VALUES (?, ?, toTimestamp(now()))`,
      [version, name],
    )
  }
}

/** cql/0001_name.cql and so on, in order, cut into statements. Names of tables are written `{keyspace}.table`. */
const cqlMigrations = async () => {
  const files = (await readdir(CQL_FOLDER)).filter((file) => /^\d{4}_\w+\.cql$/.test(file)).sort()
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, CQL_FOLDER), "utf8")
      const statements = text
        .replaceAll(/--.*$/gm, "")
        .split(";")
        .map((s) => s.trim())
        .filter((s) => s !== "")
      return { version: Number(file.slice(0, 4)), name: file.slice(5, -4), statements }
    }),
  )
}

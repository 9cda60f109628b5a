import cassandra from "cassandra-driver"

const NAMES = ["commitlog_sync", "paxos_variant"] as const
export type Settings = Partial<Record<(typeof NAMES)[number], string>>

/**
 * What each node that is up says of its own configuration, by address. Nodes that do not answer are left out, and so are
 * all nodes of Scylla and of versions before 4.0, which have no such table.
 */
export const readSettings = async (client: cassandra.Client): Promise<Map<string, Settings>> => {
  const found = new Map<string, Settings>()
  await Promise.allSettled(
    [...client.hosts.values()].map(async (host) => {
      if (!host.isUp()) return
      const { rows } = await client.execute(
        `SELECT name, value FROM system_views.settings WHERE name IN (${NAMES.map((name) => `'${name}'`).join()})`,
        [],
        // The table is each node's own.
        { host, consistency: cassandra.types.consistencies.one, prepare: false, isIdempotent: true },
      )
      found.set(
        host.address,
        Object.fromEntries(rows.map((row) => [String(row.get("name")), String(row.get("value"))])),
      )
    }),
  )
  return found
}

/** A sentence for each setting that should be another. Empty: all is well, or nothing is known. */
export const judgeSettings = (nodes: ReadonlyMap<string, Settings>): string[] => {
  const doubts: string[] = []
  for (const [address, { commitlog_sync: sync = "unknown", paxos_variant: paxos = "v1" }] of nodes) {
    if (!["batch", "group"].includes(sync.toLowerCase()))
      doubts.push(
        `Cassandra ${address}: commitlog_sync is ${sync}, should be batch or group: a power cut can lose sent messages`,
      )
    if (paxos.toLowerCase() !== "v2")
      doubts.push(`Cassandra ${address}: paxos_variant is ${paxos}, should be v2: sending is slow`)
  }
  return doubts
}

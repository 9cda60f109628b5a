import { setTimeout as delay } from "node:timers/promises"
import { Client } from "cassandra-driver"
import { type CassandraPart, startCassandra } from "./cassandra.ts"

/** Three fit beside everything else on a small machine. */
const HEAP = "600m"

/** Several nodes on 127.0.0.1, .2, .3 …, one after the other: each joins the ring of those before it. On the same ports. */
export const startCassandraRing = async (count: number): Promise<CassandraPart[]> => {
  await using stack = new AsyncDisposableStack()
  const first = stack.use(await startCassandra({ heap: HEAP }))
  const { ports } = first
  const seed = `127.0.0.1:${ports.storage}`
  const nodes = [first]
  for (let i = 2; i <= count; i++)
    nodes.push(stack.use(await startCassandra({ host: `127.0.0.${i}`, ports, seed, heap: HEAP })))
  await Promise.all(nodes.map((node) => knowsAll(node, count)))
  stack.move()
  return nodes
}

const PATIENCE_MS = 60_000

/**
 * Each node learns of the others by gossip, after it listens. Whoever makes a keyspace on one that knows two of three
 * gets two copies of everything, and then the loss of one node is the loss of the quorum.
 */
const knowsAll = async (node: CassandraPart, count: number): Promise<void> => {
  for (const giveUp = performance.now() + PATIENCE_MS; ; await delay(200)) {
    // It says that it listens a moment before it does.
    const known = await peersOf(node).catch(() => -1)
    if (known === count - 1) return
    if (performance.now() > giveUp) throw new Error(`Cassandra's node at ${node.host} knows ${known} of ${count - 1}`)
  }
}

const peersOf = async ({ host, ports, localDc }: CassandraPart): Promise<number> => {
  const address = `${host}:${ports.cql}`
  const client = new Client({
    contactPoints: [address],
    localDataCenter: localDc,
    protocolOptions: { port: ports.cql },
  })
  try {
    await client.connect()
    const self = client.hosts.get(address)
    if (!self) throw new Error(`${address} is not one of its own ring`)
    return (await client.execute("select peer from system.peers", [], { host: self })).rowLength
  } finally {
    await client.shutdown()
  }
}

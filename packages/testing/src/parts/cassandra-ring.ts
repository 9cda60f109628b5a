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
  stack.move()
  return nodes
}

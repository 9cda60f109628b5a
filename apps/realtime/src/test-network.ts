import { type Database, deriveKey, openDatabase, outboxHead } from "@hearth/db"
import { openPostgresStore } from "@hearth/db/message-store"
const memoryRateLimits = () => ({
  take: async () => ({ ok: true as const }),
  refund: async () => {},
  close: async () => {},
})
import { type ClientOptions, connectClient, type TestClient, type TestUser } from "@hearth/testing"
import { createMemoryBus } from "./bus/memory.ts"
import { createGateway, type Gateway, type GatewayDeps, type GatewayOptions } from "./gateway.ts"
import { silentLogger } from "./logger.ts"
import type { Sizes, Timings } from "./timings.ts"

export const TEST_SECRET = "a secret that only the tests have, long enough"

/** Short enough that no test waits, long enough that a busy machine is not taken for a broken one. */
export const testTimings: Partial<Timings> = {
  outboxPoll: 50,
  heads: 300,
  activity: 100,
  lastSeqFlush: 50,
  comeBack: 100,
  drain: 3_000,
  resumePart: 3_000,
}

/** Limits above what any test does, but for those about limits. */
const roomy: Partial<Sizes> = { sendBurst: 10_000, sendsPerSecond: 10_000, eventBurst: 10_000, eventsPerSecond: 10_000 }

export interface NetworkOptions {
  timings?: Partial<Timings>
  sizes?: Partial<Sizes>
  deps?: Partial<GatewayDeps>
  gateway?: GatewayOptions
}

/** One node with everything in memory but PostgreSQL, and clients of it. */
export interface TestNetwork extends AsyncDisposable {
  nodes: Gateway[]
  /** A connection to that node (the first, when not said), from where the database is now unless `pos` is given. */
  connect(user: TestUser, options?: Partial<ClientOptions> & { node?: number }): Promise<TestClient>
}

export const testNetwork = async (
  database: { url: string; db: Database },
  { timings, sizes, deps, gateway }: NetworkOptions = {},
): Promise<TestNetwork> => {
  const { url, db } = database
  const own = openDatabase({ url, max: 5 })
  const store = openPostgresStore({ url, macKey: deriveKey(TEST_SECRET, "body-mac"), max: 5 })
  const limits = memoryRateLimits()
  const node = await createGateway(
    {
      nodeId: "node-1",
      db: own,
      databaseUrl: url,
      store,
      limits,
      bus: createMemoryBus(),
      secret: TEST_SECRET,
      log: silentLogger(),
      ...deps,
    },
    { ...gateway, timings: { ...testTimings, ...timings }, sizes: { ...roomy, ...sizes } },
  )
  const clients: TestClient[] = []
  const nodes = [node]
  return {
    nodes,
    async connect(user, options = {}) {
      const pos = options.pos ?? (await outboxHead(db))
      const target = nodes[options.node ?? 0]
      if (!target) throw new Error("there is no such node")
      const client = await connectClient({ url: target.url, secret: TEST_SECRET, user, ...options, pos })
      clients.push(client)
      return client
    },
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.close()
      for (const each of nodes) await each.close()
      await store.close()
      await limits.close()
      await own.$client.end()
    },
  }
}

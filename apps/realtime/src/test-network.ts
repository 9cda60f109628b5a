import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { type Database, outboxHead } from "@hearth/db"
import { type ClientOptions, connectClient, type TestClient, type TestUser } from "@hearth/testing"
import type { Gateway } from "./gateway.ts"
import { silentLogger } from "./logger.ts"
import { type NodeConfig, openNode } from "./node.ts"
import type { Sizes, Timings } from "./timings.ts"

export const TEST_SECRET = "a secret that only the tests have, long enough"

/** Short enough that no test waits, long enough that a busy machine is not taken for a broken one. */
export const testTimings: Partial<Timings> = {
  outboxPoll: 50,
  stall: 10_000,
  heads: 300,
  activity: 100,
  mentionsSweep: 400,
  threadLine: 20,
  timers: 100,
  previews: 100,
  previewAgain: 50,
  receipts: 50,
  receiptsGather: 5,
  viewers: 200,
  viewersGather: 10,
  viewersSettle: 60,
  viewersBeat: 200,
  viewersExpire: 1_500,
  lastSeqFlush: 50,
  comeBack: 100,
  drain: 3_000,
  resumePart: 3_000,
}

/** Limits above what any test does, but for those about limits. */
const roomy: Partial<Sizes> = { sendBurst: 10_000, sendsPerSecond: 10_000, eventBurst: 10_000, eventsPerSecond: 10_000 }

export interface NetworkOptions {
  /** 1 when not said. Several need Redis to find each other. */
  nodes?: number
  redis?: { url: string; prefix: string }
  timings?: Partial<Timings>
  sizes?: Partial<Sizes>
  config?: Partial<NodeConfig>
}

export interface TestNetwork extends AsyncDisposable {
  nodes: Gateway[]
  /** A connection to that node (each in turn, when not said), from where the database is now unless `pos` is given. */
  connect(user: TestUser, options?: Partial<ClientOptions> & { node?: number }): Promise<TestClient>
}

/** Gateway nodes on free ports of this process, and clients of them. */
export const testNetwork = async (
  { url, db }: { url: string; db: Database },
  { nodes: count = 1, redis, timings, sizes, config }: NetworkOptions = {},
): Promise<TestNetwork> => {
  const nodes: Gateway[] = []
  const clients: TestClient[] = []
  let turn = 0
  const dispose = async (): Promise<void> => {
    for (const client of clients) client.close()
    await Promise.all(nodes.map((node) => node.close()))
  }
  try {
    for (let i = 0; i < count; i++)
      nodes.push(
        await openNode({
          databaseUrl: url,
          databasePool: 5,
          redisUrl: redis?.url,
          prefix: redis?.prefix,
          secret: TEST_SECRET,
          log: silentLogger(),
          ...config,
          options: { timings: { ...testTimings, ...timings }, sizes: { ...roomy, ...sizes } },
        }),
      )
  } catch (error) {
    await dispose()
    throw error
  }
  return {
    nodes,
    async connect(user, options = {}) {
      const pos = options.pos ?? (await outboxHead(db))
      const node = nodes[options.node ?? turn++ % nodes.length]
      if (!node) throw new Error("there is no such node")
      const client = await connectClient({ url: node.url, secret: TEST_SECRET, user, ...options, pos })
      clients.push(client)
      return client
    },
    [Symbol.asyncDispose]: dispose,
  }
}

export interface TestProcess extends AsyncDisposable {
  url: string
  signal(name: NodeJS.Signals): void
}

/** A gateway node in a process of its own, to be killed and frozen. */
export const openProcess = async (config: Omit<NodeConfig, "log">): Promise<TestProcess> => {
  const program = new URL("cluster-node.ts", import.meta.url).pathname
  const child = spawn(process.execPath, [program, JSON.stringify(config)], { stdio: ["pipe", "pipe", "inherit"] })
  const [url] = (await once(createInterface(child.stdout), "line")) as [string]
  const exited = once(child, "exit")
  return {
    url,
    signal: (name) => void child.kill(name),
    async [Symbol.asyncDispose]() {
      child.kill("SIGCONT")
      child.kill("SIGKILL")
      await exited
    },
  }
}

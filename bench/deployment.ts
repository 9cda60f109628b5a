import { type ChildProcess, fork, spawnSync } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { DEFAULT_PERMISSIONS, newSnowflake } from "@hearth/core"
import { openDatabase, schema } from "@hearth/db"
import { freePort, startPostgres } from "@hearth/db/embedded"
import { migrate, migrateCassandra } from "@hearth/db/migrate"
import { startCassandra, startRedis, temporaryFolder } from "@hearth/testing/parts"
import type { Person } from "./driver.ts"
import { familyOf } from "./measure.ts"
import { warmCassandra } from "./warm.ts"

export type Mode = "baseline" | "embedded" | "cluster"

/** Servers that run, and how to reach and measure them. */
export interface Deployment extends AsyncDisposable {
  urls: string[]
  /** The processes that hold the clients' sockets. */
  serverPids: number[]
  hearth?: { secret: string; people: Person[]; channelId: string; channelIds: string[] }
  /** The addresses of so many of its nodes, which are started when there are fewer. A bare broadcast is one node. */
  nodes(count: number): Promise<string[]>
  databaseUrl?: string
  cassandra?: { contactPoints: string[]; localDc: string }
  /** Puts these of its processes, and all under them, where servers belong. */
  pinServers(pids: readonly number[]): void
}

export const SECRET = "a secret of the bench, which guards nothing at all"
export const KEYSPACE = "hearth_bench"
const START_MS = 60_000
const WARM_SECONDS = 30

/** Core 0 is the servers', core 1 the clients'. Without `taskset`, or with one core, they share. */
export const pin = (core: 0 | 1, ...pids: number[]): void => {
  for (const pid of pids) spawnSync("taskset", ["-acp", String(core), String(pid)], { stdio: "ignore" })
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** For servers whose memory is measured. */
const collectable = ["--expose-gc", "--import", new URL("./collect-on-signal.ts", import.meta.url).href]

export const stopChild = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  child.kill("SIGTERM")
  const kill = setTimeout(() => child.kill("SIGKILL"), 10_000)
  await gone
  clearTimeout(kill)
}

export const pidOf = (child: ChildProcess): number => {
  if (child.pid === undefined) throw new Error("a process did not start")
  return child.pid
}

export const startBaseline = async (): Promise<Deployment> => {
  const port = await freePort()
  const child = fork(file("./baseline.ts"), [], {
    execArgv: collectable,
    env: { ...process.env, PORT: String(port) },
  })
  await once(child, "message")
  pin(0, pidOf(child))
  const urls = [`http://127.0.0.1:${port}`]
  return {
    urls,
    nodes: () => Promise.resolve(urls),
    serverPids: [pidOf(child)],
    pinServers: (pids) => pin(0, ...pids),
    [Symbol.asyncDispose]: () => stopChild(child),
  }
}

/** One gateway of the product, as the supervisor starts it. */
export const startGateway = async (
  env: Record<string, string>,
  profile?: string,
): Promise<{ child: ChildProcess; url: string }> => {
  const port = await freePort()
  const internal = await freePort()
  const child = fork(file("../apps/realtime/src/main.ts"), [], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      HEARTH_SECRET: SECRET,
      HEARTH_PREFIX: "hearth-bench",
      PORT: String(port),
      INTERNAL_PORT: String(internal),
      // Every limit is checked, and set above the load.
      RATE_LIMIT_SCALE: "10000",
      ...env,
    },
    execArgv: [...collectable, ...(profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`])],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const url = `http://127.0.0.1:${port}`
  const deadline = Date.now() + START_MS
  while (Date.now() < deadline && child.exitCode === null) {
    const ready = await fetch(`${url}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    if (ready) return { child, url }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill("SIGKILL")
  throw new Error(`A gateway was not ready after ${START_MS / 1000} s.`)
}

const CHANNELS = 56

/** A server with this many members and some channels, written straight into the tables. */
const seed = async (databaseUrl: string, count: number): Promise<NonNullable<Deployment["hearth"]>> => {
  const db = openDatabase({ url: databaseUrl })
  const now = new Date()
  const guildId = newSnowflake()
  const channelIds = Array.from({ length: CHANNELS }, () => newSnowflake())
  // Thousands in a few milliseconds: some would be alike.
  const userIds = new Set<string>()
  while (userIds.size < count) userIds.add(newSnowflake())
  const people = [...userIds].map((userId) => ({ userId, sessionId: crypto.randomUUID() }))
  const owner = people[0]?.userId ?? ""
  await db.transaction(async (tx) => {
    const inParts = async <T>(rows: T[], insert: (part: T[]) => PromiseLike<unknown>) => {
      for (let i = 0; i < rows.length; i += 500) await insert(rows.slice(i, i + 500))
    }
    await tx.insert(schema.instance).values({ name: "Bench" })
    await inParts(people, (part) =>
      tx.insert(schema.users).values(
        part.map(({ userId }) => ({
          id: userId,
          email: `${userId}@example.org`,
          displayName: `Person ${userId.slice(-6)}`,
          passwordHash: "none",
        })),
      ),
    )
    await inParts(people, (part) =>
      tx.insert(schema.sessions).values(
        part.map(({ userId, sessionId }) => ({
          id: sessionId,
          userId,
          expiresAt: new Date(now.getTime() + 86_400_000),
        })),
      ),
    )
    await tx.insert(schema.guilds).values({ id: guildId, name: "Bench", ownerId: owner })
    await tx
      .insert(schema.roles)
      .values({ id: guildId, guildId, name: "everyone", position: 0, permissions: DEFAULT_PERMISSIONS })
    await tx
      .insert(schema.channels)
      .values(channelIds.map((id, position) => ({ id, guildId, name: `channel-${position}`, position })))
    await tx.insert(schema.channelHeads).values(channelIds.map((channelId) => ({ channelId })))
    await inParts(people, (part) =>
      tx.insert(schema.members).values(part.map(({ userId }) => ({ guildId, userId, sortName: userId }))),
    )
  })
  await db.$client.end()
  return { secret: SECRET, people, channelId: channelIds[0] ?? "", channelIds }
}

export interface HearthOptions {
  people: number
  /** Where a CPU profile of each gateway is written. */
  profile?: string | undefined
  /** Cassandra runs on the clients' core. */
  cassandraApart?: boolean
}

/** Hearth on its real parts: one gateway on PostgreSQL, or two on PostgreSQL, Redis and Cassandra. */
export const startHearth = async (
  mode: "embedded" | "cluster",
  { people, profile, cassandraApart = false }: HearthOptions,
): Promise<Deployment> => {
  const stack = new AsyncDisposableStack()
  try {
    const folder = temporaryFolder("bench")
    stack.defer(() => rmSync(folder.path, { recursive: true, force: true }))
    const postgres = stack.use(await startPostgres({ dataDir: `${folder.path}/postgres` }))
    pin(0, postgres.pid)
    await migrate(postgres.url)
    const hearth = await seed(postgres.url, people)
    const env: Record<string, string> = { DATABASE_URL: postgres.url }
    let cassandra: Awaited<ReturnType<typeof startCassandra>> | undefined
    if (mode === "cluster") {
      const redis = stack.use(await startRedis())
      cassandra = stack.use(await startCassandra({ lasting: true }))
      await migrateCassandra({ contactPoints: cassandra.contactPoints, localDc: cassandra.localDc, keyspace: KEYSPACE })
      const appends = await warmCassandra(cassandra, WARM_SECONDS)
      console.error(`cluster: ${appends} appends to warm Cassandra`)
      env["REDIS_URL"] = redis.url
      env["CASSANDRA_CONTACT_POINTS"] = cassandra.contactPoints.join(",")
      env["CASSANDRA_KEYSPACE"] = KEYSPACE
    }
    const gateways: { child: ChildProcess; url: string }[] = []
    const nodes = async (wanted: number): Promise<string[]> => {
      while (gateways.length < wanted) {
        const gateway = await startGateway(env, profile)
        stopping.defer(() => stopChild(gateway.child))
        gateways.push(gateway)
      }
      return gateways.slice(0, wanted).map((g) => g.url)
    }
    const stopping = stack.use(new AsyncDisposableStack())
    const urls = await nodes(mode === "cluster" ? 2 : 1)
    const owned = stack.move()
    return {
      urls,
      nodes: mode === "cluster" ? nodes : () => Promise.resolve(urls),
      get serverPids() {
        return gateways.map((g) => pidOf(g.child))
      },
      pinServers(pids) {
        const apart = cassandraApart && cassandra ? familyOf(cassandra.pid()) : []
        pin(0, ...pids.filter((pid) => !apart.includes(pid)))
        pin(1, ...apart)
      },
      hearth,
      databaseUrl: postgres.url,
      ...(cassandra && { cassandra }),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

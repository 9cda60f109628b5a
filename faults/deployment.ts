import { appendFileSync, mkdirSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import { setTimeout as delay } from "node:timers/promises"
import { freePort, spawnHeld } from "@hearth/db/embedded"
import { migrate, migrateCassandra } from "@hearth/db/migrate"
import { type Link, openLink } from "@hearth/testing"
import {
  type CassandraPart,
  part,
  type Part,
  type PostgresPart,
  type RedisPart,
  startCassandra,
  startCassandraRing,
  startRedis,
  startTestPostgres,
  temporaryFolder,
} from "@hearth/testing/parts"

export type Mode = "embedded" | "cluster"

export interface Node {
  name: string
  url: string
  program: Part
  /** What its next start finds in its environment, beside what all have. */
  env: Record<string, string>
  /** Between this node and where its messages are stored. */
  storeLink: Pick<Link, "delay">
  /** Between this node and PostgreSQL; where there is no other store, the same line. */
  databaseLink: Pick<Link, "freeze" | "thaw">
}

/** The whole of Hearth on real parts, each of which a fault may do anything to. */
export interface Deployment extends AsyncDisposable {
  mode: Mode
  /** Of the web app. */
  url: string
  secret: string
  nodes: Node[]
  postgres: PostgresPart
  redis: RedisPart | null
  /** The one that all are told of first; null in embedded mode. */
  cassandra: CassandraPart | null
  /** All nodes of its ring. */
  ring: CassandraPart[]
}

const ROOT = fileURLToPath(new URL("../", import.meta.url))
const SECRET = "a secret of the fault runs, which guards nothing at all"
export const KEYSPACE = "hearth_faults"
/** What each program of the last run said. */
const LOGS = `${ROOT}.cache/faults/`
const READY_MS = 90_000

const isReady = (url: string) =>
  fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  )

/** One of our own programs, on one port for all its lives. */
const startProgram = async (
  name: string,
  args: string[],
  cwd: string,
  env: () => Record<string, string>,
  url: string,
) => {
  mkdirSync(LOGS, { recursive: true })
  const log = `${LOGS}${name}.log`
  rmSync(log, { force: true })
  const boot = async () => {
    const onLine = (line: string) => appendFileSync(log, `${line}\n`)
    const held = await spawnHeld(process.execPath, args, {
      ...{ stopSignal: "TERM", cwd, onLine },
      env: { ...process.env, ...env() },
    })
    let ended = false
    void held.exited.then(() => (ended = true))
    const deadline = Date.now() + READY_MS
    while (!(await isReady(url))) {
      if (ended || Date.now() > deadline) {
        await held.kill()
        throw new Error(`${name} is not ready: ${held.lines.slice(-4).join(" | ")}`)
      }
      await delay(50)
    }
    return held
  }
  // What it keeps lies in the stores.
  return part(await boot(), boot, { path: cwd, keep: true, remove: () => {} })
}

const startRing = async (nodes: number): Promise<CassandraPart[]> =>
  nodes > 1 ? startCassandraRing(nodes) : [await startCassandra()]

/** A line to each node of a store, at the nodes' own hosts and on one port: there a driver looks for all of them. */
const linkTo = async (targets: { host?: string; port: number }[], stack: AsyncDisposableStack) => {
  const links: Link[] = []
  for (const target of targets)
    links.push(stack.use(await openLink(target, { host: target.host ?? "127.0.0.1", port: links[0]?.port ?? 0 })))
  const storeLink = { delay: (ms: number) => links.forEach((link) => link.delay(ms)) }
  return { storeLink, port: links[0]?.port ?? 0 }
}

const onOne = (link: Link) => ({ storeLink: link, port: link.port })

/** Embedded: PostgreSQL and one gateway. Cluster: PostgreSQL, Redis, Cassandra and three. The web app in front of both. */
export const deploy = async (mode: Mode, { cassandras = 1 } = {}): Promise<Deployment> => {
  const stack = new AsyncDisposableStack()
  try {
    const clustered = mode === "cluster"
    const started = await Promise.allSettled([
      startTestPostgres(),
      clustered ? startRedis() : null,
      clustered ? startRing(cassandras) : [],
    ])
    for (const part of started)
      if (part.status === "fulfilled" && part.value) for (const it of [part.value].flat()) stack.use(it)
    const [postgres, redis, ring] = started.map((part) => {
      if (part.status === "rejected") throw part.reason
      return part.value
    }) as [PostgresPart, RedisPart | null, CassandraPart[]]
    const [cassandra = null] = ring
    const contactPoints = ring.flatMap((part) => part.contactPoints)
    await migrate(postgres.url)
    if (cassandra) await migrateCassandra({ contactPoints, localDc: cassandra.localDc, keyspace: KEYSPACE })

    const common = {
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
      NEXT_TELEMETRY_DISABLED: "1",
      HEARTH_SECRET: SECRET,
      HEARTH_PREFIX: "hearth-faults",
      HOST: "127.0.0.1",
      // Every limit is checked, and set above the load.
      RATE_LIMIT_SCALE: "10000",
      DATABASE_URL: postgres.url,
      ...(redis && { REDIS_URL: redis.url }),
      ...(cassandra && { CASSANDRA_CONTACT_POINTS: contactPoints.join(), CASSANDRA_KEYSPACE: KEYSPACE }),
    }
    const startNode = async (name: string): Promise<Node> => {
      const targets = ring.map(({ host, ports }) => ({ host, port: ports.cql }))
      const databaseLink = stack.use(await openLink(postgres))
      const { storeLink, port } = targets.length > 0 ? await linkTo(targets, stack) : onOne(databaseLink)
      const ports = { PORT: String(await freePort()), INTERNAL_PORT: String(await freePort()) }
      const url = `http://127.0.0.1:${ports.PORT}`
      const store = {
        ...(cassandra && { CASSANDRA_CONTACT_POINTS: ring.map(({ host }) => `${host}:${port}`).join() }),
        DATABASE_URL: postgres.url.replace(`:${postgres.port}/`, `:${databaseLink.port}/`),
      }
      const env: Record<string, string> = {}
      const whole = () => ({ ...common, ...ports, ...store, NODE_ID: name, ...env })
      const program = await startProgram(name, [`${ROOT}apps/realtime/src/main.ts`], ROOT, whole, url)
      return { name, url, program: stack.use(program), env, storeLink, databaseLink }
    }
    const startWeb = async () => {
      const files = temporaryFolder("files")
      stack.defer(() => files.remove())
      const port = String(await freePort())
      const next = createRequire(import.meta.url).resolve("next/dist/bin/next")
      const url = `http://127.0.0.1:${port}`
      const args = [next, "start", "--port", port, "--hostname", "127.0.0.1"]
      const env = { ...common, FILES_DIR: files.path, PORT: port, HOSTNAME: "127.0.0.1" }
      stack.use(await startProgram("web", args, `${ROOT}apps/web`, () => env, url))
      return url
    }
    const nodes: Node[] = []
    for (let i = 1; i <= (clustered ? 3 : 1); i++) nodes.push(await startNode(`node-${i}`))
    const url = await startWeb()
    const owned = stack.move()
    return {
      ...{ mode, url, secret: SECRET, nodes, postgres, redis, cassandra, ring },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

import { appendFileSync, mkdirSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { setTimeout as delay } from "node:timers/promises"
import { freePort, spawnHeld } from "@hearth/db/embedded"
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

/** A program of Hearth, and the checkout that its next start is of. */
export interface Program extends Part {
  root: string
}

export interface Node {
  name: string
  url: string
  program: Program
  /** What its next start finds in its environment, beside what all have. */
  env: Record<string, string>
  /** Between this node and where its messages are stored. */
  storeLink: Pick<Link, "delay">
  /** Between this node and PostgreSQL; where there is no other store, the same line. */
  databaseLink: Pick<Link, "freeze" | "thaw">
  /** Between this node and Redis; null in embedded mode. */
  redisLink: Pick<Link, "freeze" | "thaw"> | null
}

/** The whole of Hearth on real parts, each of which a fault may do anything to. */
export interface Deployment extends AsyncDisposable {
  mode: Mode
  /** Of the web app. */
  url: string
  secret: string
  web: Program
  nodes: Node[]
  postgres: PostgresPart
  redis: RedisPart | null
  /** The one that all are told of first; null in embedded mode. */
  cassandra: CassandraPart | null
  /** All nodes of its ring. */
  ring: CassandraPart[]
  /** Brings the stores up to this checkout. */
  migrate(): Promise<void>
}

/** This checkout. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url))
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

interface Start {
  name: string
  /** The checkout that it is of. */
  root: string
  /** Below that. */
  cwd: string
  args: (root: string) => string[]
  env: () => Record<string, string>
  url: string
}

/** One of our own programs, on one port for all its lives. */
const startProgram = async ({ name, root, cwd, args, env, url }: Start): Promise<Program> => {
  const from = { root }
  mkdirSync(LOGS, { recursive: true })
  const log = `${LOGS}${name}.log`
  rmSync(log, { force: true })
  const boot = async () => {
    const onLine = (line: string) => appendFileSync(log, `${line}\n`)
    const held = await spawnHeld(process.execPath, args(from.root), {
      ...{ stopSignal: "TERM", cwd: join(from.root, cwd), onLine },
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
  return Object.assign(from, part(await boot(), boot, { path: root, keep: true, remove: () => {} }))
}

/** Brings the stores up to a checkout, by its own program. */
const migrateBy = async (root: string, env: Record<string, string>): Promise<void> => {
  const held = await spawnHeld(process.execPath, [join(root, "scripts/migrate.ts")], {
    ...{ cwd: root, env: { ...process.env, ...env } },
  })
  const { code, lines } = await held.exited
  if (code !== 0) throw new Error(`${root} could not migrate: ${lines.slice(-4).join(" | ")}`)
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
export const deploy = async (mode: Mode, { cassandras = 1, root = ROOT } = {}): Promise<Deployment> => {
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
    await migrateBy(root, common)
    const startNode = async (name: string): Promise<Node> => {
      const targets = ring.map(({ host, ports }) => ({ host, port: ports.cql }))
      const databaseLink = stack.use(await openLink(postgres))
      const redisLink = redis && stack.use(await openLink(redis))
      const { storeLink, port } = targets.length > 0 ? await linkTo(targets, stack) : onOne(databaseLink)
      const ports = { PORT: String(await freePort()), INTERNAL_PORT: String(await freePort()) }
      const url = `http://127.0.0.1:${ports.PORT}`
      const store = {
        ...(cassandra && { CASSANDRA_CONTACT_POINTS: ring.map(({ host }) => `${host}:${port}`).join() }),
        DATABASE_URL: postgres.url.replace(`:${postgres.port}/`, `:${databaseLink.port}/`),
      }
      const bus = redisLink && { REDIS_URL: `redis://127.0.0.1:${redisLink.port}` }
      const env: Record<string, string> = {}
      const program = await startProgram({
        ...{ name, root, url, cwd: "" },
        args: (from) => [join(from, "apps/realtime/src/main.ts")],
        env: () => ({ ...common, ...ports, ...store, ...bus, NODE_ID: name, ...env }),
      })
      return { name, url, program: stack.use(program), env, storeLink, databaseLink, redisLink }
    }
    const startWeb = async () => {
      const port = String(await freePort())
      const files = temporaryFolder("files")
      stack.defer(() => files.remove())
      const url = `http://127.0.0.1:${port}`
      const nextOf = (from: string) => createRequire(join(from, "apps/web/package.json")).resolve("next/dist/bin/next")
      const program = await startProgram({
        ...{ name: "web", root, url, cwd: "apps/web" },
        args: (from) => [nextOf(from), "start", "--port", port, "--hostname", "127.0.0.1"],
        env: () => ({ ...common, FILES_DIR: files.path, PORT: port, HOSTNAME: "127.0.0.1" }),
      })
      return { url, web: stack.use(program) }
    }
    const nodes: Node[] = []
    for (let i = 1; i <= (clustered ? 3 : 1); i++) nodes.push(await startNode(`node-${i}`))
    const { url, web } = await startWeb()
    const owned = stack.move()
    return {
      ...{ mode, url, secret: SECRET, web, nodes, postgres, redis, cassandra, ring },
      migrate: () => migrateBy(ROOT, common),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

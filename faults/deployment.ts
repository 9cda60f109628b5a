import { appendFileSync, mkdirSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { fileURLToPath } from "node:url"
import { setTimeout as delay } from "node:timers/promises"
import { freePort, spawnHeld } from "@hearth/db/embedded"
import { migrate, migrateCassandra } from "@hearth/db/migrate"
import {
  type CassandraPart,
  part,
  type Part,
  type PostgresPart,
  type RedisPart,
  startCassandra,
  startRedis,
  startTestPostgres,
} from "@hearth/testing/parts"
import { type Link, openLink } from "./link.ts"

export type Mode = "embedded" | "cluster"

export interface Node {
  name: string
  url: string
  program: Part
  /** Between this node and where its messages are stored. */
  storeLink: Link
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
  cassandra: CassandraPart | null
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
const startProgram = async (name: string, args: string[], cwd: string, env: Record<string, string>, url: string) => {
  mkdirSync(LOGS, { recursive: true })
  const log = `${LOGS}${name}.log`
  rmSync(log, { force: true })
  const boot = async () => {
    const onLine = (line: string) => appendFileSync(log, `${line}\n`)
    const held = await spawnHeld(process.execPath, args, {
      ...{ stopSignal: "TERM", cwd, onLine },
      env: { ...process.env, ...env },
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

/** Embedded: PostgreSQL and one gateway. Cluster: PostgreSQL, Redis, Cassandra and three. The web app in front of both. */
export const deploy = async (mode: Mode): Promise<Deployment> => {
  const stack = new AsyncDisposableStack()
  try {
    const clustered = mode === "cluster"
    const started = await Promise.allSettled([
      startTestPostgres(),
      clustered ? startRedis() : null,
      clustered ? startCassandra() : null,
    ])
    for (const part of started) if (part.status === "fulfilled" && part.value) stack.use(part.value)
    const [postgres, redis, cassandra] = started.map((part) => {
      if (part.status === "rejected") throw part.reason
      return part.value
    }) as [PostgresPart, RedisPart | null, CassandraPart | null]
    await migrate(postgres.url)
    if (cassandra) await migrateCassandra({ ...cassandra, keyspace: KEYSPACE })

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
      ...(cassandra && { CASSANDRA_CONTACT_POINTS: cassandra.contactPoints.join(), CASSANDRA_KEYSPACE: KEYSPACE }),
    }
    const startNode = async (name: string): Promise<Node> => {
      const storePort = Number(cassandra?.contactPoints[0]?.split(":")[1] ?? postgres.port)
      const storeLink = stack.use(await openLink({ port: storePort }))
      const ports = { PORT: String(await freePort()), INTERNAL_PORT: String(await freePort()) }
      const url = `http://127.0.0.1:${ports.PORT}`
      const store = cassandra
        ? { CASSANDRA_CONTACT_POINTS: `127.0.0.1:${storeLink.port}` }
        : { DATABASE_URL: postgres.url.replace(`:${postgres.port}/`, `:${storeLink.port}/`) }
      const env = { ...common, ...ports, ...store, NODE_ID: name }
      const program = await startProgram(name, [`${ROOT}apps/realtime/src/main.ts`], ROOT, env, url)
      return { name, url, program: stack.use(program), storeLink }
    }
    const startWeb = async () => {
      const port = String(await freePort())
      const next = createRequire(import.meta.url).resolve("next/dist/bin/next")
      const url = `http://127.0.0.1:${port}`
      const args = [next, "start", "--port", port, "--hostname", "127.0.0.1"]
      stack.use(
        await startProgram("web", args, `${ROOT}apps/web`, { ...common, PORT: port, HOSTNAME: "127.0.0.1" }, url),
      )
      return url
    }
    const nodes: Node[] = []
    for (let i = 1; i <= (clustered ? 3 : 1); i++) nodes.push(await startNode(`node-${i}`))
    const url = await startWeb()
    const owned = stack.move()
    return {
      ...{ mode, url, secret: SECRET, nodes, postgres, redis, cassandra },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

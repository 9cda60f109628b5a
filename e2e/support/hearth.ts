import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { descendants } from "@hearth/db/embedded"

export type Mode = "embedded" | "cluster"

/** The whole app, as `npm start` and `npm run cluster` run it, on data of its own. */
export interface Hearth {
  readonly url: string
  readonly setupCode: string
  /** The address that a start prints: it carries the code. */
  readonly setupUrl: string
  /** The address of the PostgreSQL that came along. */
  database(): string
  /** The store that keeps messages stops answering, as under a machine that hangs, until the returned function is called. */
  pausesMessages(): () => void
  /** Process ids of the gateway nodes that live now. */
  gateways(): Promise<number[]>
  /** How many sockets each gateway node holds now, by its own metrics. */
  sockets(): Promise<number[]>
  /** Ends everything in order, and starts it again on the same data and address. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const root = fileURLToPath(new URL("../../", import.meta.url))
const START_MS = 240_000
const STOP_MS = 60_000

interface Line {
  event: string
  [field: string]: unknown
}

interface Running {
  child: ChildProcess
  lines: Line[]
  ready: { url: string; setupCode: string; pids: Record<string, number> }
}

const run = async (mode: Mode, data: string, port: number, extra: NodeJS.ProcessEnv): Promise<Running> => {
  const child = spawn(
    process.execPath,
    ["scripts/supervisor/main.ts", "--mode", mode, "--data", data, "--port", String(port), "--json"],
    {
      cwd: root,
      env: {
        ...process.env,
        // One address plays many people here: limits are checked, and set above that.
        RATE_LIMIT_SCALE: "1000",
        LOG_LEVEL: "warn",
        NODE_ENV: "production",
        // Nothing depends on what the internet says.
        HEARTH_LINK_PREVIEWS: "off",
        ...extra,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  )
  const lines: Line[] = []
  const prose: string[] = []
  child.stderr.on("data", (chunk: Buffer) => prose.push(chunk.toString()))
  const ready = new Promise<Running["ready"]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready after ${START_MS} ms`)), START_MS)
    createInterface({ input: child.stdout }).on("line", (text) => {
      prose.push(`${text}\n`)
      if (!text.startsWith("{")) return
      const line = JSON.parse(text) as Line
      lines.push(line)
      if (line.event !== "ready") return
      clearTimeout(timer)
      const pids = line["pids"] as Record<string, number>
      resolve({ url: String(line["url"]), setupCode: String(line["setupCode"]), pids })
    })
    child.once("exit", (code) => reject(new Error(`it ended with ${code}`)))
  })
  try {
    return { child, lines, ready: await ready }
  } catch (error) {
    await end({ child })
    rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    throw new Error(`Hearth did not start (${mode}): ${String(error)}\n${prose.join("").slice(-4000)}`)
  }
}

const end = async ({ child }: Pick<Running, "child">): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  child.kill("SIGTERM")
  const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS)
  await gone
  clearTimeout(late)
  if (child.signalCode === "SIGKILL") throw new Error("Hearth did not stop in time.")
}

export const startHearth = async (mode: Mode, extra: NodeJS.ProcessEnv = {}): Promise<Hearth> => {
  const data = mkdtempSync(join(tmpdir(), "hearth-e2e-"))
  // As root, PostgreSQL runs as another user, who must get here.
  chmodSync(data, 0o711)
  let running = await run(mode, data, 0, extra)
  const { url, setupCode } = running.ready
  return {
    url,
    setupCode,
    setupUrl: `/setup#code=${setupCode}`,
    database: () => databaseIn(join(data, "postgres")),
    pausesMessages: () => {
      const { cassandra, postgres } = running.ready.pids
      const store = cassandra ?? postgres
      if (store === undefined) throw new Error("it does not say which process keeps messages")
      // PostgreSQL answers with a process a connection.
      const stopped = [store, ...descendants(store)]
      for (const pid of stopped) process.kill(pid, "SIGSTOP")
      return () => {
        for (const pid of stopped.splice(0)) process.kill(pid, "SIGCONT")
      }
    },
    gateways: async () => newest(running, "pid"),
    sockets: () => Promise.all(newest(running, "port").map(openSockets)),
    restart: async () => {
      await end(running)
      running = await run(mode, data, Number(new URL(url).port), extra)
    },
    stop: async () => {
      await end(running)
      rmSync(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** What PostgreSQL itself keeps about the port, and the supervisor about the password. */
const databaseIn = (folder: string): string => {
  const [, , , port] = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n")
  const password = readFileSync(join(folder, "hearth.password"), "utf8").trim()
  return `postgres://hearth:${password}@127.0.0.1:${port}/hearth`
}

/** That number of the newest process of each node that the supervisor has told of. */
const newest = ({ lines }: Running, field: "pid" | "port"): number[] => {
  const byName = new Map<string, number>()
  for (const line of lines)
    if (line.event === "started" && String(line["name"]).startsWith("gateway"))
      byName.set(String(line["name"]), Number(line[field]))
  return [...byName.values()]
}

/** Metrics are only on the node's own port: the front does not pass them on. */
const openSockets = async (port: number): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const [, count] = /^hearth_connections (\d+)$/m.exec(text) ?? []
  if (count === undefined) throw new Error("the node does not say how many sockets it holds")
  return Number(count)
}

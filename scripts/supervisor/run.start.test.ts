import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { descendants } from "@hearth/db/embedded"
import pg from "pg"
import { afterAll, afterEach, expect, test, vi } from "vitest"
import { ROOT } from "./config.ts"

interface Ready {
  url: string
  setupCode: string
  isSetUp: boolean
  pids: Record<string, number>
}

interface Started {
  child: ChildProcess
  ready: Promise<Ready>
  /** The newest process of a name that the supervisor told of. */
  pid(name: string): number
  exit: Promise<number | null>
  said(): string
}

const folders: string[] = []
const running: Started[] = []

const dataFolder = () => {
  const path = mkdtempSync(join(tmpdir(), "hearth-start-"))
  chmodSync(path, 0o711)
  folders.push(path)
  return join(path, "data")
}

interface StartOptions {
  env?: NodeJS.ProcessEnv
  port?: number
  more?: string[]
}

const start = (data: string, { env = {}, port = 0, more = [] }: StartOptions = {}): Started => {
  // A port that the test gives by its name is that one.
  const at = env.PORT === undefined ? ["--port", String(port)] : []
  const args = ["scripts/supervisor/main.ts", "--data", data, ...at, "--json", ...more]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const pids = new Map<string, number>()
  let text = ""
  child.stderr?.on("data", (chunk: Buffer) => {
    text += chunk
  })
  const exit = once(child, "close").then(([code]) => code as number | null)
  const ready = new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const event = JSON.parse(line) as { event: string; name: string; pid: number } & Ready
      if (event.event === "started") pids.set(event.name, event.pid)
      if (event.event === "ready") resolve(event)
    })
    void exit.then((code) => reject(new Error(`ended with ${code}: ${text}`)))
  })
  ready.catch(() => {})
  const started = { child, ready, pid: (name: string) => pids.get(name) ?? 0, exit, said: () => text }
  running.push(started)
  return started
}

const end = async ({ child, exit }: Started) => {
  child.kill("SIGINT")
  return exit
}

afterEach(async () => {
  for (const started of running.splice(0)) await end(started)
})
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5 })
})

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    // Dead, and not yet reaped.
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"))
  } catch {
    return false
  }
}

/** What a process has computed so far, in ms of one core. */
const processorMs = (pid: number) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

/** Everything that a ready Hearth consists of, its supervisor apart. */
const allOf = ({ pids }: Ready) => Object.values(pids).flatMap((pid) => [pid, ...descendants(pid)])

const nameOf = (pid: number) => {
  try {
    return `${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").slice(0, 120)}`
  } catch {
    return `${pid}`
  }
}

const gone = (pids: number[]) =>
  vi.waitFor(() => expect(pids.filter(isAlive).map(nameOf)).toEqual([]), { timeout: 20_000, interval: 20 })

const connection = async (data: string) => {
  const [, , , port] = readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")
  const password = readFileSync(join(data, "postgres/hearth.password"), "utf8").trim()
  const client = new pg.Client({ connectionString: `postgres://hearth:${password}@127.0.0.1:${port}/hearth` })
  client.on("error", () => {})
  await client.connect()
  return client
}

const query = async (data: string, sql: string) => {
  const client = await connection(data)
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const healthy = (url: string) =>
  vi.waitFor(
    async () => {
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
      // Engine.IO's own complaint, not the front's 503: a gateway answers.
      expect((await fetch(`${url}/socket.io/?EIO=4&transport=none`)).status).toBe(400)
    },
    { timeout: 30_000, interval: 50 },
  )

test("a start says where to go, a restart keeps the data, and Ctrl-C leaves nothing behind", async () => {
  const data = dataFolder()
  const first = start(data)
  const ready = await first.ready
  expect(ready).toMatchObject({ isSetUp: false, setupCode: expect.stringMatching(/^(\w{4}-){3}\w{4}$/) })
  await healthy(ready.url)
  await query(data, "insert into instance (name) values ('Kept')")
  const pids = allOf(ready)
  first.child.kill("SIGINT")
  first.child.kill("SIGINT")
  expect(await first.exit).toBe(0)
  await gone(pids)

  const began = Date.now()
  const second = start(data)
  const again = await second.ready
  const elapsed = Date.now() - began
  expect(again).toMatchObject({ isSetUp: true, setupCode: ready.setupCode })
  // On a machine that is busy with other things, what Hearth itself computed counts, not how long it was kept waiting.
  const computed = sum([second.child.pid ?? 0, ...allOf(again)].map(processorMs))
  expect(Math.min(elapsed, computed)).toBeLessThan(5000)
  expect(await query(data, "select name from instance")).toEqual([{ name: "Kept" }])
})

test("a second one beside it says so, and leaves the first alone", async () => {
  const data = dataFolder()
  const first = start(data)
  const { url } = await first.ready
  const second = start(data)
  expect(await second.exit).toBe(1)
  expect(second.said()).toContain(`Hearth runs already on ${data} (process ${first.child.pid})`)
  await healthy(url)
})

test("kill -9 of the supervisor takes everything with it, and the next start heals", async () => {
  const data = dataFolder()
  const first = start(data)
  const ready = await first.ready
  await query(data, "insert into instance (name) values ('Kept')")
  const pids = allOf(ready)
  first.child.kill("SIGKILL")
  const second = start(data)
  expect(await second.ready).toMatchObject({ isSetUp: true })
  await gone(pids)
  await healthy((await second.ready).url)
})

test("kill -9 of everything at once loses nothing either", async () => {
  const data = dataFolder()
  const first = start(data)
  const ready = await first.ready
  await query(data, "insert into instance (name) values ('Kept')")
  for (const pid of [first.child.pid ?? 0, ...allOf(ready)]) {
    try {
      process.kill(pid, "SIGKILL")
    } catch {
      // A connection's process that ended by itself in the meantime.
    }
  }
  const second = start(data)
  expect(await second.ready).toMatchObject({ isSetUp: true })
})

test.each(["gateway-1", "web-1", "postgres"])("kill -9 of %s: it is started again and all works", async (name) => {
  const data = dataFolder()
  const started = start(data)
  const { url } = await started.ready
  const before = started.pid(name)
  process.kill(before, "SIGKILL")
  await vi.waitFor(() => expect(started.pid(name)).not.toBe(before), { timeout: 20_000 })
  await healthy(url)
  await vi.waitFor(async () => expect(await query(data, "select 1 as one")).toEqual([{ one: 1 }]), { timeout: 10_000 })
})

const refused = async (data: string, options?: Parameters<typeof start>[1]) => {
  const started = start(data, options)
  expect(await started.exit).toBe(1)
  const said = started.said()
  // A sentence, not a stack.
  expect(said).not.toMatch(/\n\s+at /)
  return said
}

test("a port in use is a sentence", async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  const address = other.address()
  const port = address && typeof address === "object" ? address.port : 0
  expect(await refused(dataFolder(), { port })).toContain(`Port ${port} is in use by another program`)
  other.close()
})

test("an option that does not exist is a sentence", async () => {
  expect(await refused(dataFolder(), { more: ["--nonsense"] })).toContain("Unknown option '--nonsense'")
})

test("a Redis that does not answer is told of, and does not stop the start", async () => {
  const started = start(dataFolder(), { env: { REDIS_URL: "redis://127.0.0.1:1" } })
  await healthy((await started.ready).url)
  expect(started.said()).toMatch(/REDIS_URL: Redis does not answer there \(.*ECONNREFUSED/)
})

test("a data folder that is a file is a sentence", async () => {
  const data = dataFolder()
  writeFileSync(data, "")
  expect(await refused(data)).toContain(`The data folder ${data} cannot be used`)
})

test("a broken secret is a sentence", async () => {
  const data = dataFolder()
  mkdirSync(data)
  writeFileSync(join(data, "secret"), "short")
  expect(await refused(data)).toContain(`The file ${join(data, "secret")} is broken`)
})

test("a broken, a foreign and a newer database are a sentence each", async () => {
  const data = dataFolder()
  const first = start(data)
  await first.ready
  await query(
    data,
    "insert into drizzle.__drizzle_migrations (hash, created_at) select 'newer', g from generate_series(1, 99) g",
  )
  await end(first)
  expect(await refused(data)).toMatch(/was written by a newer Hearth \(\d+ migrations, this one knows \d+\)/)

  const version = join(data, "postgres/PG_VERSION")
  writeFileSync(version, "17\n")
  expect(await refused(data)).toContain("was made by PostgreSQL 17; this Hearth comes with PostgreSQL 18")
  rmSync(version)
  expect(await refused(data)).toContain(`The data folder ${join(data, "postgres")} is broken: PG_VERSION is missing`)
  writeFileSync(version, "18\n")
  rmSync(join(data, "postgres/global"), { recursive: true })
  expect(await refused(data)).toMatch(/PostgreSQL could not start on .*: .*(missing|not|directory)/)
})

test.each([
  [{ DATABASE_URL: "mysql://x" }, /DATABASE_URL is not a postgres:\/\/ address/],
  [
    { DATABASE_URL: "postgres://nobody@127.0.0.1:1/x" },
    /DATABASE_URL: PostgreSQL cannot be used there: .*ECONNREFUSED/,
  ],
  [{ REDIS_URL: "localhost" }, /REDIS_URL is not a redis:\/\/ address/],
  [{ REDIS_URL: "redis://nowhere.invalid" }, /REDIS_URL: there is no such host/],
  [
    { CASSANDRA_CONTACT_POINTS: "127.0.0.1:1" },
    /CASSANDRA_CONTACT_POINTS: the message store at 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/,
  ],
  [{ PORT: "http" }, /PORT http is not a port/],
  [{ CASSANDRA_CONTACT_POINTS: "," }, /CASSANDRA_CONTACT_POINTS names no host/],
  [{ HEARTH_SECRET: "short" }, /HEARTH_SECRET has fewer than 32 characters/],
  [{ HEARTH_BODY_KEYS: "1:short" }, /HEARTH_BODY_KEYS has a key that is not number:base64 of 32 bytes/],
  [{ TRUSTED_PROXIES: "somewhere" }, /TRUSTED_PROXIES: somewhere is neither/],
  [{ HOST: "203.0.113.1" }, /HOST 203\.0\.113\.1 is not an address of this machine/],
])("a wrong %o is named", async (env, sentence) => {
  expect(await refused(dataFolder(), { env })).toMatch(sentence)
})

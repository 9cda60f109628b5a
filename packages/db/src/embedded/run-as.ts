import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { EmbeddedPostgresError } from "./error.ts"

export interface Binaries {
  initdb: string
  postgres: string
}

/** How the server's programs are run, and where its data is. PostgreSQL refuses to run as root, so root has to be somebody else. */
export interface RunAs {
  binaries: Binaries
  dataDir: string
  uid?: number
  gid?: number
  /** Put before each command. */
  prefix: string[]
  /** Who the files must belong to, as this process sees it. */
  owner?: { uid: number; gid: number }
}

interface Account {
  name: string
  uid: number
  gid: number
}

/** Where root keeps what another user must reach, when the project's folder is closed to others. */
const SHARED_HOME = "/var/lib/hearth"

export const chooseRunAs = (binaries: Binaries, dataDir: string): RunAs => {
  if (process.getuid?.() !== 0) return asOurselves(binaries, dataDir)
  const account = unprivilegedAccount()
  const moved = sharedDataDir(dataDir)
  // Once moved, always moved: the data is there.
  if (existsSync(join(moved, "PG_VERSION"))) return asAccountElsewhere(binaries, moved, account)
  if (canReach(account, binaries, dataDir)) {
    return { binaries, dataDir, uid: account.uid, gid: account.gid, prefix: [], owner: account }
  }
  if (hasUserNamespaces(account, binaries)) {
    const prefix = ["unshare", "--user", `--map-user=${account.uid}`, `--map-group=${account.gid}`, "--"]
    return { binaries, dataDir, prefix, owner: { uid: 0, gid: 0 } }
  }
  if (existsSync(join(dataDir, "PG_VERSION"))) {
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root, and the user ${account.name} cannot enter ${dataDir}. Open its parent folders (chmod o+x), or start Hearth as a normal user.`,
    )
  }
  return asAccountElsewhere(binaries, moved, account)
}

const asOurselves = (binaries: Binaries, dataDir: string): RunAs => {
  const owner = existsSync(dataDir) ? statSync(dataDir).uid : undefined
  if (owner !== undefined && owner !== process.getuid?.()) {
    throw new EmbeddedPostgresError(
      `The data folder ${dataDir} belongs to another user (uid ${owner}). Start Hearth as that user, or choose another folder with HEARTH_DATA.`,
    )
  }
  return { binaries, dataDir, prefix: [] }
}

const unprivilegedAccount = (): Account => {
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
  // initdb asks the system for its user's name: the user must exist.
  for (const name of ["postgres", "nobody", "daemon"]) {
    const found = accounts.find((account) => account.name === name && account.uid > 0)
    if (found) return found
  }
  throw new EmbeddedPostgresError(
    "PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Start Hearth as a normal user.",
  )
}

const canReach = ({ uid, gid }: Account, { postgres }: Binaries, dataDir: string) => {
  const options = { uid, gid, cwd: "/", stdio: "ignore" } as const
  return (
    spawnSync(postgres, ["--version"], options).status === 0 &&
    spawnSync("/bin/sh", ["-c", 'test -x "$0"', dirname(dataDir)], options).status === 0
  )
}

const hasUserNamespaces = ({ uid, gid }: Account, { postgres }: Binaries) =>
  spawnSync("unshare", ["--user", `--map-user=${uid}`, `--map-group=${gid}`, "--", postgres, "--version"], {
    stdio: "ignore",
  }).status === 0

const sharedDataDir = (dataDir: string) =>
  join(SHARED_HOME, createHash("sha256").update(dataDir).digest("hex").slice(0, 12), basename(dataDir))

const asAccountElsewhere = (binaries: Binaries, dataDir: string, account: Account): RunAs => {
  const native = dirname(dirname(binaries.postgres))
  const version = spawnSync(binaries.postgres, ["--version"], { encoding: "utf8" }).stdout.trim().split(" ").at(-1)
  const copy = join(SHARED_HOME, `postgresql-${version}`)
  if (!existsSync(join(copy, "bin/postgres"))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  mkdirSync(dirname(dataDir), { recursive: true, mode: 0o755 })
  const moved = { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres") }
  if (!canReach(account, moved, dataDir)) {
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root: neither user namespaces nor ${SHARED_HOME} could be used for it. Start Hearth as a normal user.`,
    )
  }
  return { binaries: moved, dataDir, uid: account.uid, gid: account.gid, prefix: [], owner: account }
}

/** Root's choice may change between starts (a folder was opened, a namespace became possible): the files follow it. */
export const giveTo = (folder: string, owner: { uid: number; gid: number }) => {
  if (statSync(folder).uid === owner.uid) return
  const visit = (path: string) => {
    const stat = lstatSync(path)
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
    if (!stat.isSymbolicLink()) chownSync(path, owner.uid, owner.gid)
  }
  visit(folder)
}

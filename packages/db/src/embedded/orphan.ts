import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { EmbeddedPostgresError } from "./error.ts"

/**
 * Stops the server that a supervisor left behind on this data folder, if there is one. The caller holds Hearth's own lock: a
 * living server of a living supervisor looks just the same. postmaster.pid is never deleted: the server knows best when it is stale.
 */
export const stopOrphan = async (dataDir: string, patienceMs = 20_000): Promise<boolean> => {
  const pid = orphanOf(dataDir)
  if (pid === null) return false
  const deadline = Date.now() + patienceMs
  signal(pid, "SIGCONT")
  signal(pid, "SIGINT")
  while (orphanOf(dataDir) === pid) {
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `A PostgreSQL (process ${pid}) still runs on ${dataDir} and does not stop. End it, then start again.`,
      )
    }
    await delay(20)
  }
  return true
}

const orphanOf = (dataDir: string): number | null => {
  const file = join(dataDir, "postmaster.pid")
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, "utf8").split("\n")[0])
  if (!Number.isInteger(pid) || pid <= 1) return null
  // The number may belong to anything by now.
  const command = commandOf(pid)
  return /\bpostgres\b/.test(command) && command.includes(`-D ${dataDir}`) ? pid : null
}

const commandOf = (pid: number): string => {
  if (existsSync("/proc/self")) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
    } catch {
      return ""
    }
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? ""
}

const signal = (pid: number, name: NodeJS.Signals) => {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already.
  }
}

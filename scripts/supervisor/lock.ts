import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import { join } from "node:path"
import { StartError } from "./say.ts"

/** When a process began, in clock ticks since boot; tells a process from a later one of the same number. null: not alive, or not Linux. */
const startTime = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    // A zombie holds nothing any more.
    return fields[0] === "Z" ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

const isAlive = (pid: number, since: string): boolean => {
  if (process.platform === "linux") return startTime(pid) === since
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Takes the data folder for this process. First of all: only who holds it may heal what a killed run left behind. */
export const takeLock = (dataDir: string): { release(): void } => {
  const path = join(dataDir, "lock")
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartError(`The data folder ${dataDir} cannot be made: ${(error as Error).message}.`)
  }
  for (;;) {
    try {
      const file = openSync(path, "wx", 0o600)
      writeSync(file, `${process.pid} ${startTime(process.pid) ?? ""}\n`)
      closeSync(file)
      return { release: () => rmSync(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST")
        throw new StartError(`The data folder ${dataDir} cannot be written: ${(error as Error).message}.`)
    }
    const [pid = "0", since = ""] = readOr(path, "").trim().split(" ")
    if (Number(pid) > 0 && isAlive(Number(pid), since))
      throw new StartError(
        `Hearth runs already on ${dataDir} (process ${pid}). Stop that one first, or give this one a folder of its own in HEARTH_DATA.`,
      )
    rmSync(path, { force: true })
  }
}

const readOr = (path: string, otherwise: string) => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return otherwise
  }
}

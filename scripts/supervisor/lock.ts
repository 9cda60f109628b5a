import { spawnSync } from "node:child_process"
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { StartError } from "./start-error.ts"

/** Who holds a data folder. The start time tells a process from a later one with the same number. */
interface Holder {
  pid: number
  started: string
}

/**
 * One supervisor a data folder. Taken before anything else: whoever heals what a dead supervisor left behind must know that it
 * is dead. Released by the returned function, or by dying.
 */
export const takeLock = (dataDir: string): (() => void) => {
  const path = join(dataDir, "lock")
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? "" }
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(mine))
  try {
    // A link appears whole or not at all, and never over another.
    while (!tryLink(draft, path)) removeStale(path, dataDir)
  } finally {
    unlinkSync(draft)
  }
  return () => {
    if (read(path)?.pid === process.pid) unlinkSync(path)
  }
}

const tryLink = (draft: string, path: string) => {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false
    throw error
  }
}

const removeStale = (path: string, dataDir: string) => {
  const holder = read(path)
  if (holder && holder.started === startOf(holder.pid)) {
    throw new StartError(
      `Hearth runs already on ${dataDir} (process ${holder.pid}). Stop that one first, or choose another folder with HEARTH_DATA.`,
    )
  }
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  // Between the look and the rename another start may have put its own there: that one is given back.
  const moved = read(aside)
  if (moved && moved.started === startOf(moved.pid)) tryLink(aside, path)
  unlinkSync(aside)
}

const read = (path: string): Holder | null => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder
  } catch {
    return null
  }
}

/** Null when there is no such process, or when it is dead and merely not reaped. */
export const startOf = (pid: number): string | null => {
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" })
    return stdout?.trim() || null
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    if (fields[0] === "Z" || fields[0] === "X") return null
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[19]}`
  } catch {
    return null
  }
}

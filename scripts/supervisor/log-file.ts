import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs"
import { dirname } from "node:path"

const LIMIT_BYTES = 16 * 1024 * 1024

export interface LogFile {
  write(chunk: Buffer): void
  /** The newest lines, for a sentence about a child that died. */
  last(): string
}

/** Grows to 16 MB, then makes room by becoming `….1`: a log never fills a disk. */
export const openLogFile = (path: string): LogFile => {
  mkdirSync(dirname(path), { recursive: true })
  let size = sizeOf(path)
  let tail = ""
  return {
    write: (chunk) => {
      tail = (tail + chunk.toString()).slice(-4000)
      if (size > LIMIT_BYTES) {
        renameSync(path, `${path}.1`)
        size = 0
      }
      size += chunk.length
      appendFileSync(path, chunk)
    },
    last: () => tail.trim(),
  }
}

const sizeOf = (path: string) => {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

import { spawn } from "node:child_process"
import { setPriority } from "node:os"
import type { Readable } from "node:stream"
import { AppError } from "@hearth/core"
import { NO_PICTURE } from "./exit-code.ts"

const PATIENCE_MS = 10_000
const AT_ONCE = 2
const MAX_WAITING = 20
/** An icon has a few thousand: who writes more writes no icon. */
const MOST_BYTES = 262_144
/** Behind what people wait for. */
const NICE = 5

/**
 * A square icon as WebP, of a picture that somebody gave. null: none can be made of it.
 * Throws UNAVAILABLE when too many wait already.
 */
export type MakeIcon = (source: Uint8Array) => Promise<Uint8Array<ArrayBuffer> | null>

const collect = async (output: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of output as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Error("the process for pictures wrote more than any icon has")
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
const isWebp = (made: Buffer): boolean =>
  made.toString("latin1", 0, 4) === "RIFF" && made.toString("latin1", 8, 12) === "WEBP"

const yieldTo = (pid: number): void => {
  try {
    setPriority(pid, NICE)
  } catch {
    // It has ended already, or the system has no such thing.
  }
}

const run = async (file: string, source: Uint8Array, patienceMs: number): Promise<Uint8Array<ArrayBuffer> | null> => {
  const child = spawn(process.execPath, ["--max-old-space-size=128", file], {
    env: { NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "ignore"],
  })
  let wasLate = false
  const late = setTimeout(() => {
    wasLate = true
    child.kill("SIGKILL")
  }, patienceMs)
  const ended = new Promise<number | null>((resolve, reject) => {
    // Not what it was caused by: that is no failure of a store.
    child.on("error", (error) => reject(new Error(`the process for pictures cannot be started: ${error.message}`)))
    child.on("close", resolve)
  })
  ended.catch(() => {})
  try {
    if (child.pid === undefined) await ended
    else yieldTo(child.pid)
    // One that ends before it has read all says why by how it ended.
    child.stdin.on("error", () => {})
    child.stdin.end(source)
    const [made, code] = await Promise.all([collect(child.stdout), ended])
    if (code === 0 && isWebp(made)) return new Uint8Array(made)
    // Killed, by us or for what it took: the picture's doing, like one that is none.
    if (code === NO_PICTURE || code === null || wasLate) return null
    throw new Error(`the process for pictures ended with ${code}`)
  } finally {
    clearTimeout(late)
    child.kill("SIGKILL")
  }
}

/**
 * Decodes each picture in a process of its own, with nothing in its environment: what a hostile one breaks, hangs or swells ends
 * there. It is the same user's all the same, and how much a decoder takes is bounded by pixels alone. `file` is `@hearth/api/picture-process`.
 */
export const makesIconsApart = ({
  file,
  patienceMs = PATIENCE_MS,
}: {
  file: string
  patienceMs?: number
}): MakeIcon => {
  const waiting: (() => void)[] = []
  let running = 0
  return async (source) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= MAX_WAITING)
        throw new AppError("UNAVAILABLE", "Too many pictures are being made right now. Please try again in a moment.", {
          retryAfterMs: 5000,
        })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await run(file, source, patienceMs)
    } finally {
      // Whoever waits has the place at once; nobody comes in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

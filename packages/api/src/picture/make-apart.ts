import { spawn } from "node:child_process"
import { buffer } from "node:stream/consumers"
import { AppError } from "@hearth/core"
import { NO_PICTURE } from "./exit-code.ts"

const PATIENCE_MS = 10_000
const AT_ONCE = 2
const MAX_WAITING = 20

/**
 * A square icon as WebP, of a picture that somebody gave. null: none can be made of it.
 * Throws UNAVAILABLE when too many wait already.
 */
export type MakeIcon = (source: Uint8Array) => Promise<Uint8Array<ArrayBuffer> | null>

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
    child.on("error", reject)
    child.on("close", resolve)
  })
  // One that ends before it has read all says why by how it ended.
  child.stdin.on("error", () => {})
  child.stdin.end(source)
  try {
    const [made, code] = await Promise.all([buffer(child.stdout), ended])
    if (code === 0 && made.length > 0) return new Uint8Array(made)
    // Killed, by us or for what it took: the picture's doing, like one that is none.
    if (code === NO_PICTURE || code === null || wasLate) return null
    throw new Error(`the process for pictures ended with ${code}`)
  } finally {
    clearTimeout(late)
  }
}

/**
 * Decodes each picture in a process of its own, without environment, secrets or much memory: what a hostile one breaks, hangs or
 * swells ends there. `file` is `@hearth/api/picture-process`.
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

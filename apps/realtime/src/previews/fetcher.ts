import { type ChildProcess, fork } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Found, ReadLink } from "./read-link.ts"

const PROCESS = fileURLToPath(new URL("./fetcher-process.ts", import.meta.url))
/** A page and its picture have their own limits: whoever needs longer hangs. */
const PATIENCE_MS = 20_000
const IDLE_MS = 60_000

export interface Asked {
  id: number
  url: string
}
export interface Answered {
  id: number
  found: Found | null
}

interface Waiting {
  resolve: (found: Found | null) => void
  reject: (error: Error) => void
  late: NodeJS.Timeout
}

export interface Fetcher {
  /** Rejects when it could not be tried to its end: the process that it had for itself died, or hung and was ended. */
  read: ReadLink
  close(): void
}

interface Options {
  also?: readonly string[]
  patienceMs?: number
  idleMs?: number
  file?: string
}

/** The process ended before it answered. */
class Ended extends Error {
  /** Something else was read in it then, which may have been what ended it. */
  readonly withOthers: boolean
  constructor(withOthers: boolean) {
    super("the fetcher ended")
    this.withOthers = withOthers
  }
}

/** One process at a time, for all that is read in it. */
const createProcess = ({ also = [], patienceMs = PATIENCE_MS, idleMs = IDLE_MS, file = PROCESS }: Options): Fetcher => {
  const waiting = new Map<number, Waiting>()
  let child: ChildProcess | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  const settle = (id: number): Waiting | undefined => {
    const one = waiting.get(id)
    waiting.delete(id)
    clearTimeout(one?.late)
    return one
  }
  const end = (): void => {
    const ended = child
    child = null
    clearTimeout(idle)
    const ids = [...waiting.keys()]
    for (const id of ids) settle(id)?.reject(new Ended(ids.length > 1))
    ended?.kill("SIGKILL")
  }

  const start = (): ChildProcess => {
    const fresh = fork(file, [JSON.stringify(also)], {
      execArgv: ["--max-old-space-size=128"],
      env: { NODE_ENV: "production" },
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    fresh.on("message", (message) => {
      const { id, found } = message as Answered
      settle(id)?.resolve(found)
      if (waiting.size > 0 || child !== fresh) return
      clearTimeout(idle)
      idle = setTimeout(end, idleMs).unref()
    })
    const gone = (): void => {
      if (child === fresh) end()
    }
    fresh.on("error", gone)
    fresh.on("exit", gone)
    return fresh
  }

  return {
    read: (url) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Ended(false))
        clearTimeout(idle)
        child ??= start()
        const id = ++lastId
        waiting.set(id, { resolve, reject, late: setTimeout(end, patienceMs) })
        child.send({ id, url } satisfies Asked)
      }),
    close() {
      closed = true
      end()
    },
  }
}

/**
 * Fetches in a process of its own, without secrets and with little memory: what comes from anywhere is parsed and decoded there,
 * and what breaks, hangs or swells there is ended without the gateway. It is there while links come. Whatever else was read in
 * one that ended is read once more, in a process for it alone: only what ends that, too, is to blame.
 */
export const createFetcher = (options: Options = {}): Fetcher => {
  const shared = createProcess(options)
  const alone = new Set<Fetcher>()
  let closed = false
  return {
    async read(url) {
      try {
        return await shared.read(url)
      } catch (error) {
        if (closed || !(error instanceof Ended && error.withOthers)) throw error
      }
      const own = createProcess(options)
      alone.add(own)
      try {
        return await own.read(url)
      } finally {
        alone.delete(own)
        own.close()
      }
    },
    close() {
      closed = true
      shared.close()
      for (const own of alone) own.close()
    },
  }
}

import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { freePort } from "@hearth/db/embedded"
import type { LogFile } from "./log-file.ts"
import { StartError } from "./start-error.ts"
import type { Voice } from "./voice.ts"

export interface ChildOptions {
  /** gateway-1, web-2, … */
  name: string
  file: string
  args: (port: number) => string[]
  execArgv?: string[]
  cwd: string
  env: (port: number) => NodeJS.ProcessEnv
  /** Answers 200 once the child can take traffic. */
  readyPath: string
  readyTimeoutMs: number
  log: LogFile
  /** Its output also goes to the terminal. */
  echo: boolean
  voice: Voice
}

export interface Child {
  readonly name: string
  readonly pid: number
  /** Where it listens on loopback; null while it is away. */
  readonly port: number | null
  /** SIGTERM, and SIGKILL to its whole group when it takes longer than `patienceMs`. */
  stop(patienceMs?: number): Promise<void>
}

const DIE_WITH_PARENT = fileURLToPath(new URL("./die-with-parent.mjs", import.meta.url))
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** One that lived this long did not die of how it was started. */
const STEADY_MS = 30_000

/** Starts a child and keeps it running: when it dies it is started again, after pauses that grow. Throws when the first start fails. */
export const startChild = async (options: ChildOptions): Promise<Child> => {
  const { name, voice, log } = options
  let current: { process: ChildProcess; port: number } | null = null
  let ready = false
  let stopping = false

  const run = async () => {
    const port = await freePort()
    const child = spawnChild(options, port)
    current = { process: child, port }
    voice.event({ event: "started", name, pid: child.pid, port })
    // Registered at once: an exit in the meantime must not be missed.
    const gone = once(child, "exit").then(() => {
      ready = false
    })
    await Promise.race([answers(`http://127.0.0.1:${port}${options.readyPath}`, options.readyTimeoutMs, child), gone])
    if (child.exitCode !== null || child.signalCode !== null)
      throw new StartError(`${name} ended while it started: ${lastWords(log)}`)
    ready = true
    // Wrapped: a bare promise would be waited for.
    return { gone }
  }

  const first = async () => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run()
      } catch (error) {
        await kill(current?.process)
        // Somebody took the port between our look and its use.
        if (attempt === 5 || !/EADDRINUSE/.test(log.last())) throw error
      }
    }
  }

  const keep = async (gone: Promise<void>) => {
    let pause = FIRST_PAUSE_MS
    let since = Date.now()
    for (let it = gone; ; ) {
      await it
      if (stopping) return
      voice.progress(`${name} ended and is started again (its log: ${lastWords(log)})`)
      voice.event({ event: "ended", name })
      if (Date.now() - since > STEADY_MS) pause = FIRST_PAUSE_MS
      await delay(pause)
      if (stopping) return
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      since = Date.now()
      it = run().then(
        (next) => next.gone,
        () => kill(current?.process),
      )
    }
  }

  const child: Child = {
    name,
    get pid() {
      return current?.process.pid ?? 0
    },
    get port() {
      return ready ? (current?.port ?? null) : null
    },
    // Longer than a gateway drains: 30 s.
    stop: async (patienceMs = 35_000) => {
      stopping = true
      const process = current?.process
      if (!process || process.exitCode !== null || process.signalCode !== null) return
      const gone = once(process, "exit")
      process.kill("SIGTERM")
      const late = setTimeout(() => void kill(process), patienceMs)
      await gone
      clearTimeout(late)
    },
  }
  void keep((await first()).gone)
  return child
}

const spawnChild = ({ file, args, execArgv = [], cwd, env, log, echo }: ChildOptions, port: number) => {
  const child = fork(file, args(port), {
    cwd,
    env: { ...env(port), HEARTH_SUPERVISOR: String(process.pid) },
    execArgv: ["--import", DIE_WITH_PARENT, ...execArgv],
    // The terminal's Ctrl-C is for the supervisor, which stops its children in order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      log.write(chunk)
      if (echo) process.stderr.write(chunk)
    })
  }
  return child
}

const answers = async (url: string, timeoutMs: number, child: ChildProcess) => {
  const deadline = Date.now() + timeoutMs
  let last = "it did not answer"
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
      if (response.ok) return
      last = `${response.status} ${(await response.text()).slice(0, 300)}`
    } catch (error) {
      if (error instanceof Error && error.name === "TimeoutError") last = "it did not answer in 5 s"
    }
    if (Date.now() > deadline) throw new StartError(`${url} was not ready after ${timeoutMs / 1000} s: ${last}`)
    await delay(30)
  }
}

const kill = async (child: ChildProcess | undefined) => {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, "exit")
  try {
    process.kill(-child.pid, "SIGKILL")
  } catch {
    child.kill("SIGKILL")
  }
  await gone
}

/** The last thing it said, without the clothes of a log line or a stack. */
const lastWords = (log: LogFile): string => {
  const lines = log
    .last()
    .split("\n")
    .filter((line) => line.trim() !== "")
  const error = lines.findLast((line) => /Error\b.*: /.test(line) && !line.trim().startsWith("at "))
  return sentenceOf((error ?? lines.at(-1) ?? "it said nothing").trim()).slice(0, 500)
}

const sentenceOf = (line: string): string => {
  if (!line.startsWith("{")) return line
  try {
    const { err, msg } = JSON.parse(line) as { err?: { message?: unknown }; msg?: unknown }
    return String(err?.message ?? msg ?? line)
  } catch {
    return line
  }
}

import { type ChildProcess, fork } from "node:child_process"
import { createInterface } from "node:readline"
import { setTimeout as delay } from "node:timers/promises"
import type { Say } from "./say.ts"

export interface ChildSpec {
  name: string
  file: string
  args?: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  /** Answers 200 when the child is ready. */
  probe: string
  say: Say
  /** Told when the child can serve and when it cannot. */
  onUp?: () => void
  onDown?: () => void
}

export interface Child {
  readonly pid: number | undefined
  stop(patienceMs: number): Promise<void>
  /** Ends it and starts it anew: code has changed. */
  restart(): Promise<void>
}

const READY_MS = 90_000
const dieWithParent = new URL("./die-with-parent.mjs", import.meta.url).href

/** Runs a program as long as we run, and starts it again when it ends, with a growing pause. Resolves when it is ready. */
export const runChild = async (spec: ChildSpec): Promise<Child> => {
  let stopping = false
  let restarting = false
  let current: ChildProcess
  let pause = 250
  const lastLines: string[] = []

  const begin = () => {
    const child = fork(spec.file, spec.args ?? [], {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      execArgv: ["--import", dieWithParent],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    })
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on("line", (line) => {
          lastLines.push(line)
          if (lastLines.length > 40) lastLines.shift()
          if (worthTelling(line)) process.stderr.write(`${line}\n`)
        })
    spec.say.event("started", { name: spec.name, pid: child.pid })
    child.once("exit", (code, signal) => {
      spec.onDown?.()
      spec.say.event("exited", { name: spec.name, pid: child.pid, code, signal })
      if (stopping || restarting) return
      spec.say(`${spec.name} ended (${signal ?? code}); starting it again in ${(pause / 1000).toFixed(1)} s`)
      setTimeout(() => {
        if (stopping) return
        current = begin()
        void whenReady(current).then((ready) => {
          if (ready) pause = 250
        })
      }, pause).unref()
      pause = Math.min(pause * 2, 10_000)
    })
    return child
  }

  const whenReady = async (child: ChildProcess): Promise<boolean> => {
    const deadline = Date.now() + READY_MS
    while (Date.now() < deadline && child.exitCode === null && child.signalCode === null && !stopping) {
      const answer = await fetch(spec.probe, { signal: AbortSignal.timeout(5000) }).catch(() => null)
      await answer?.body?.cancel()
      if (answer?.ok) {
        spec.onUp?.()
        return true
      }
      await delay(50)
    }
    return false
  }

  const end = async (patienceMs: number) => {
    const child = current
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()))
    child.kill("SIGTERM")
    const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs)
    await gone
    clearTimeout(timer)
  }

  current = begin()
  const first = current
  if (!(await whenReady(first))) {
    stopping = true
    await end(2000)
    throw new Error(`${spec.name} did not start: ${lastLines.slice(-8).join("\n")}`)
  }
  return {
    get pid() {
      return current.pid
    },
    stop: async (patienceMs) => {
      stopping = true
      await end(patienceMs)
    },
    restart: async () => {
      restarting = true
      await end(5000)
      restarting = false
      if (stopping) return
      current = begin()
      await whenReady(current)
    },
  }
}

/** Next's greeting tells an inner address, which nobody should open. */
const worthTelling = (line: string) => line.trim() !== "" && !/^\s*(▲|- Local|- Network|✓ (Starting|Ready))/.test(line)

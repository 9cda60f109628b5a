import { type ChildProcess, spawn } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import type { Socket } from "node:net"

export interface HeldOptions {
  /** Asks the program to stop in order. */
  stopSignal?: "INT" | "TERM"
  uid?: number
  gid?: number
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Every line the program writes, stdout and stderr alike. */
  onLine?: (line: string) => void
}

export interface HeldProcess {
  /** The program's own process id, known from the first line on. */
  readonly pid: number
  /** How it ended, and its last lines. Never rejects. */
  readonly exited: Promise<{ code: number | null; lines: string[] }>
  readonly lines: string[]
  /** Resolves when a line matches; rejects when the program ends first. */
  line(pattern: RegExp): Promise<string>
  /** Asks it to stop, and kills it and all its children when it has not after `patienceMs`. Idempotent. */
  stop(patienceMs?: number): Promise<void>
  /** SIGKILL to the program and everything it started: what a power cut looks like to its peers. */
  kill(): Promise<void>
  /** SIGSTOP and SIGCONT to the program and everything it started: alive, with open sockets, and silent once `pause` returns. */
  pause(): void
  resume(): void
}

/**
 * The program runs under a shell of its own session that reads a pipe of ours: whatever ends us, kill -9 included, closes the
 * pipe and the shell asks the program to stop. The terminal's Ctrl-C does not reach it: we stop it last, when nobody needs it.
 */
const script = (signal: string) =>
  `"$0" "$@" 3<&- & P=$!; echo "pid $P" >&4; exec 4>&-; trap "kill -${signal} $P" TERM INT; (cat <&3; kill -${signal} $P) >/dev/null 2>&1 & exec 3<&-; wait $P; wait $P`

export const spawnHeld = async (command: string, args: string[], options: HeldOptions = {}): Promise<HeldProcess> => {
  const { stopSignal = "INT", uid, gid, cwd = "/", env = process.env, onLine } = options
  const child = spawn("/bin/sh", ["-c", script(stopSignal), command, ...args], {
    uid,
    gid,
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
  })
  const lines: string[] = []
  const waiters = new Set<(line: string) => void>()
  let ended = false
  const take = (line: string) => {
    lines.push(line)
    if (lines.length > 400) lines.splice(0, 200)
    onLine?.(line)
    for (const waiter of waiters) waiter(line)
  }
  eachLine(child.stdout, take)
  eachLine(child.stderr, take)
  const holder = child.stdio[3] as Socket
  // An EPIPE after the shell is gone says nothing that `exited` does not.
  holder.on("error", () => {})

  const exited = new Promise<{ code: number | null; lines: string[] }>((resolve) => {
    const end = (code: number | null) => {
      ended = true
      resolve({ code, lines })
    }
    child.once("error", (error) => {
      take(error.message)
      end(null)
    })
    child.once("exit", () => holder.destroy())
    // "close", not "exit": the last lines say why.
    child.once("close", end)
  })
  const pid = await readPid(child, exited)
  const signalTree = (signal: NodeJS.Signals) => {
    if (ended) return
    for (const id of [pid, ...descendants(pid)]) signalOne(id, signal)
  }
  const kill = async () => {
    signalTree("SIGKILL")
    await exited
  }

  return {
    pid,
    exited,
    lines,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const seen = lines.find((line) => pattern.test(line))
        if (seen !== undefined) return resolve(seen)
        const waiter = (line: string) => {
          if (!pattern.test(line)) return
          waiters.delete(waiter)
          resolve(line)
        }
        waiters.add(waiter)
        void exited.then(({ code }) => {
          waiters.delete(waiter)
          reject(new Error(`it ended with ${code}: ${lines.slice(-6).join(" | ")}`))
        })
      }),
    stop: async (patienceMs = 15_000) => {
      if (ended) return
      signalTree("SIGCONT")
      signalOne(pid, stopSignal === "INT" ? "SIGINT" : "SIGTERM")
      const timer = setTimeout(() => void kill(), patienceMs)
      await exited
      clearTimeout(timer)
    },
    kill,
    pause: () => {
      signalTree("SIGSTOP")
      waitUntilStopped([pid, ...descendants(pid)])
    },
    resume: () => signalTree("SIGCONT"),
  }
}

const eachLine = (stream: NodeJS.ReadableStream | null, take: (line: string) => void) => {
  let rest = ""
  stream?.setEncoding("utf8")
  stream?.on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n")
    rest = parts.pop() ?? ""
    for (const part of parts) if (part.trim()) take(part.trim())
  })
  stream?.on("end", () => rest.trim() && take(rest.trim()))
}

const readPid = (child: ChildProcess, exited: Promise<{ lines: string[] }>): Promise<number> =>
  new Promise((resolve, reject) => {
    eachLine(child.stdio[4] as Socket, (line) => {
      const found = /^pid (\d+)$/.exec(line)
      if (found) resolve(Number(found[1]))
    })
    void exited.then(({ lines }) => reject(new Error(lines.at(-1) ?? "the program could not be started")))
  })

const signalOne = (pid: number, signal: NodeJS.Signals) => {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}

/** A signal is sent before it is heeded: on a busy machine a thread may answer one more request in between. */
const waitUntilStopped = (pids: number[]) => {
  const deadline = Date.now() + 2000
  const isStopped = (pid: number) =>
    readable(`/proc/${pid}/task`).every((thread) => /^[TtZX]$/.test(stateOf(`/proc/${pid}/task/${thread}/stat`)))
  while (!pids.every(isStopped) && Date.now() < deadline)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
}

/** One letter; that of the dead when there is none. */
const stateOf = (file: string): string => {
  try {
    const stat = readFileSync(file, "utf8")
    return stat.slice(stat.lastIndexOf(")") + 2)[0] ?? "X"
  } catch {
    return "X"
  }
}

/** All processes below one, by Linux's /proc; nothing elsewhere. */
export const descendants = (root: number): number[] => {
  const childrenOf = new Map<number, number[]>()
  for (const entry of readable("/proc")) {
    if (!/^\d+$/.test(entry)) continue
    const parent = parentOf(Number(entry))
    if (parent === null) continue
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(entry)])
  }
  const found: number[] = []
  const visit = (pid: number) => {
    for (const child of childrenOf.get(pid) ?? []) {
      found.push(child)
      visit(child)
    }
  }
  visit(root)
  return found
}

const readable = (folder: string) => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const parentOf = (pid: number): number | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // "pid (name) state ppid": the name may hold spaces and brackets.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])
  } catch {
    return null
  }
}

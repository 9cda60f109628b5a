import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { type Deployment, type Mode, pin, startBaseline, startHearth } from "./deployment.ts"
import type { Connected, ConnectTask, Sent, SendTask, Task } from "./driver.ts"
import { measureHistory } from "./history.ts"
import { cpuOf, familyOf, pssOf } from "./measure.ts"
import { Report } from "./report.ts"

const { values: flags } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    modes: { type: "string", default: "embedded,cluster" },
    messages: { type: "string" },
    seconds: { type: "string" },
    viewers: { type: "string" },
    help: { type: "boolean", default: false },
  },
})

if (flags.help) {
  console.log(`npm run bench -- [--json FILE] [--quick] [--modes embedded,cluster] [--viewers 200,1000]
  [--seconds N a phase] [--messages N in the history]

Every figure stands beside the same one of a bare Socket.IO broadcast (no sign-in, no store) from the same run.`)
  process.exit(0)
}

const numbers = (list: string) => list.split(",").map(Number)
const seconds = Number(flags.seconds ?? (flags.quick ? 3 : 15))
const viewerCounts = numbers(flags.viewers ?? (flags.quick ? "200" : "200,1000"))
const rates = flags.quick ? [20] : [5, 20, 50]
const historyLength = Number(flags.messages ?? (flags.quick ? 50_000 : 1_000_000))
const modes = flags.modes.split(",").filter((m): m is "embedded" | "cluster" => m === "embedded" || m === "cluster")
const AUTHORS = 8
// Compilers need a while, the JVM most of all.
const WARM_UP_SECONDS = flags.quick ? 2 : 10

/** The clients' process. One task at a time; its answer, or its error. */
class Driver {
  readonly #child: ChildProcess

  constructor() {
    this.#child = fork(fileURLToPath(new URL("./driver.ts", import.meta.url)), [], {
      execArgv: ["--max-semi-space-size=64"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    })
    if (this.#child.pid !== undefined) pin(1, this.#child.pid)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  async do(task: ConnectTask): Promise<Connected>
  async do(task: SendTask): Promise<Sent>
  async do(task: { task: "close" }): Promise<null>
  async do(task: Task): Promise<unknown> {
    this.#child.send(task)
    const [answer] = (await once(this.#child, "message")) as [
      { ok: true; result: unknown } | { ok: false; error: string },
    ]
    if (!answer.ok) throw new Error(`the clients failed: ${answer.error}`)
    return answer.result
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#child, "exit")
    this.#child.disconnect()
    await gone
  }
}

const start = (mode: Mode): Promise<Deployment> =>
  mode === "baseline" ? startBaseline() : startHearth(mode, Math.max(...viewerCounts))

const COLLECT_MS = 500

/** Pss of the servers, after a collection of garbage. */
const memoryOf = async (pids: readonly number[]): Promise<number> => {
  for (const pid of pids) process.kill(pid, "SIGUSR2")
  await delay(COLLECT_MS)
  return pids.reduce((sum, pid) => sum + pssOf(pid), 0)
}

const measure = async (mode: Mode, report: Report) => {
  report.say(`${mode}: starting`)
  await using deployment = await start(mode)
  for (const viewers of viewerCounts) {
    await using driver = new Driver()
    const { urls, hearth, serverPids } = deployment
    // Everything below this process but the clients: gateways and their stores.
    const servers = () => familyOf(process.pid).filter((pid) => pid !== process.pid && pid !== driver.pid)
    pin(0, ...servers())

    const pssBefore = await memoryOf(serverPids)
    const cpuBefore = cpuOf(servers())
    const connected = await driver.do({
      task: "connect",
      urls,
      count: viewers,
      concurrency: 50,
      ...(hearth && { hearth }),
    })
    const connectCpu = cpuOf(servers()) - cpuBefore
    report.add(mode, `connect, ${viewers} viewers`, (connected.count * 1000) / connected.ms, "connections/s")
    report.add(mode, `CPU a connect and resume, ${viewers} viewers`, connectCpu / connected.count, "ms")
    const pss = (await memoryOf(serverPids)) - pssBefore
    report.add(mode, `memory a connection, ${viewers} viewers`, pss / connected.count / 1024, "KB")

    const phase = async (name: string, task: Omit<SendTask, "task">): Promise<{ sent: Sent; serverCpuMs: number }> => {
      const before = cpuOf(servers())
      const sent = await driver.do({ task: "send", ...task })
      if (sent.refused > 0) report.warn(`${mode}, ${name}: ${sent.refused} sends were refused`)
      if (sent.missing > 0 || sent.gaps > 0)
        report.warn(`${mode}, ${name}: ${sent.missing} deliveries missing, ${sent.gaps} out of order`)
      return { sent, serverCpuMs: cpuOf(servers()) - before }
    }

    await phase("warm-up", { authors: AUTHORS, seconds: WARM_UP_SECONDS, perSecond: 20 })
    for (const perSecond of rates) {
      const name = `${viewers} viewers, ${perSecond}/s`
      const { sent, serverCpuMs } = await phase(name, { authors: AUTHORS, seconds, perSecond })
      for (const q of ["p50", "p95", "p99"] as const) {
        report.add(mode, `ack ${q}, ${name}`, sent.ack[q], "ms")
        report.add(mode, `delivery ${q}, ${name}`, sent.delivery[q], "ms")
      }
      report.add(mode, `server CPU a delivery, ${name}`, (serverCpuMs * 1000) / sent.deliveries, "µs")
      report.add(mode, `lost, ${name}`, sent.missing, "deliveries")
    }
    const { sent, serverCpuMs } = await phase(`${viewers} viewers, closed loop`, {
      authors: AUTHORS,
      seconds,
      perSecond: null,
    })
    report.add(mode, `most deliveries, ${viewers} viewers`, (sent.deliveries * 1000) / sent.ms, "deliveries/s")
    report.add(mode, `ack p50 at most, ${viewers} viewers`, sent.ack.p50, "ms")
    report.add(mode, `server CPU a delivery at most, ${viewers} viewers`, (serverCpuMs * 1000) / sent.deliveries, "µs")
    report.add(mode, `client CPU at most, ${viewers} viewers`, (sent.cpuMs / sent.ms) * 100, "% of a core")
    report.add(mode, `lost at most, ${viewers} viewers`, sent.missing, "deliveries")
    await driver.do({ task: "close" })
  }
  if (mode !== "baseline") await measureHistory(mode, deployment, historyLength, flags.quick ? 200 : 2000, report)
}

const report = new Report({
  startedAt: new Date().toISOString(),
  node: process.version,
  cores: availableParallelism(),
  quick: flags.quick,
  secondsAPhase: seconds,
})
for (const mode of ["baseline", ...modes] as const) await measure(mode, report)
console.log(report.table())
if (flags.json) writeFileSync(flags.json, report.json())
if (report.warnings.length > 0) process.exitCode = 1

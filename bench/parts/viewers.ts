import { setTimeout as delay } from "node:timers/promises"
import { Clients } from "../clients.ts"
import type { Connected, ConnectTask, Sent, SendTask } from "../driver.ts"
import { cpuOf, familyOf, pssOf } from "../measure.ts"
import type { Options } from "../stage.ts"

const AUTHORS = 8
const COLLECT_MS = 500

class Driver extends Clients {
  do(task: ConnectTask): Promise<Connected>
  do(task: SendTask): Promise<Sent>
  do(task: { task: "close" }): Promise<null>
  do(task: object): Promise<unknown> {
    return this.ask(task)
  }
}

/** Pss of the servers, after a collection of garbage. */
const memoryOf = async (pids: readonly number[]): Promise<number> => {
  for (const pid of pids) process.kill(pid, "SIGUSR2")
  await delay(COLLECT_MS)
  return pids.reduce((sum, pid) => sum + pssOf(pid), 0)
}

interface ViewersOptions extends Options {
  viewerCounts: readonly number[]
}

/** One channel that many look at: acks, deliveries, memory. */
export const viewersPart = async (options: ViewersOptions): Promise<void> => {
  const { mode, report, deployment, quick, seconds, viewerCounts } = options
  const rates = quick ? [20] : [5, 20, 50]
  for (const viewers of viewerCounts) {
    await using driver = new Driver("driver")
    const { urls, hearth, serverPids } = deployment
    // Everything below this process but the clients: gateways and their stores.
    const servers = () => familyOf(process.pid).filter((pid) => pid !== process.pid && pid !== driver.pid)
    deployment.pinServers(servers())

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

    // A server that has been up for a while has compiled what it does most, and so has the bare one.
    await phase("warm-up", { authors: AUTHORS, seconds: quick ? 2 : 10, perSecond: null })
    await phase("warm-up", { authors: AUTHORS, seconds: quick ? 1 : 3, perSecond: 20 })
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
}

import type { StreamResult } from "../crowd-tasks.ts"
import { openStage, type Options, type Stage } from "../stage.ts"

const CHANNELS = 50

/** Who writes where: the first viewers of each channel. Client i looks at channel i modulo the number of channels. */
export const authorsOf = (channels: readonly string[], each: number) =>
  channels.map((channelId, i) => ({
    channelId,
    authors: Array.from({ length: each }, (_, n) => i + n * channels.length),
  }))

export const check = ({ report, mode }: Options, name: string, { refused, missing, gaps }: StreamResult): void => {
  if (refused > 0) report.warn(`${mode}, ${name}: ${refused} sends were refused`)
  if (missing > 0 || gaps > 0) report.warn(`${mode}, ${name}: ${missing} deliveries missing, ${gaps} out of order`)
}

const writeTo = async (
  stage: Stage,
  name: string,
  channels: ReturnType<typeof authorsOf>,
  perSecond: number | null,
): Promise<StreamResult & { cpuMs: number }> => {
  const before = stage.cpu()
  const { streams } = await stage.crowd.do({
    task: "write",
    streams: [{ name, channels, perSecond }],
    seconds: stage.seconds,
  })
  const [result] = streams
  if (!result) throw new Error("nothing was written")
  check(stage, name, result)
  return { ...result, cpuMs: stage.cpu() - before }
}

/** As many messages as go, over 50 channels. */
const sustain = async (stage: Stage, nodes: number, oneNode: number | undefined): Promise<number> => {
  const { report, mode, channelIds, quick } = stage
  const channels = authorsOf(channelIds.slice(0, CHANNELS), quick ? 1 : 2)
  const name = `closed loop over ${CHANNELS} channels`
  const from = nodes === 1 ? "one node" : "two nodes"
  // A server that has been up for a while has compiled what it does most.
  await writeTo(stage, "warm-up", channels, null)
  const most = await writeTo(stage, name, channels, null)
  const perSecond = ((most.sent - most.refused) * 1000) / most.sendMs
  report.add(mode, `messages, ${name}, ${from}`, perSecond, "messages/s", oneNode)
  report.add(mode, `deliveries, ${name}, ${from}`, (most.deliveries * 1000) / most.ms, "deliveries/s")
  report.add(mode, `ack p50, ${name}, ${from}`, most.ack.p50, "ms")
  report.add(mode, `server CPU a message, ${name}, ${from}`, most.cpuMs / most.sent, "ms")
  return perSecond
}

/** Many channels at once: from send to screen at a steady rate, and what is the most. */
export const channelsPart = async (options: Options): Promise<void> => {
  const { quick, mode, report } = options
  const viewers = quick ? 200 : 1000
  let oneNode: number | undefined
  {
    await using stage = await openStage(options, { count: viewers, nodes: 1 })
    await stage.openInTurn(stage.channelIds.slice(0, CHANNELS), viewers)
    oneNode = await sustain(stage, 1, undefined)
  }
  if (mode === "cluster") {
    await using stage = await openStage(options, { count: viewers, nodes: 2 })
    await stage.openInTurn(stage.channelIds.slice(0, CHANNELS), viewers)
    await sustain(stage, 2, oneNode)
  }
  {
    await using stage = await openStage(options, { count: viewers, nodes: 2 })
    const channelIds = stage.channelIds.slice(0, CHANNELS)
    await stage.openInTurn(channelIds, viewers)
    for (const perSecond of quick ? [50, 200] : [50, 200, 1000]) {
      const name = `${perSecond}/s over ${CHANNELS} channels`
      const result = await writeTo(stage, name, authorsOf(channelIds, quick ? 4 : 10), perSecond)
      report.add(mode, `delivery p50, ${name}`, result.delivery.p50, "ms")
      report.add(mode, `delivery p99, ${name}`, result.delivery.p99, "ms")
      report.add(mode, `ack p99, ${name}`, result.ack.p99, "ms")
    }
  }
  if (quick) return
  await using stage = await openStage(options, { count: 2000, nodes: 2 })
  const channelIds = stage.channelIds.slice(0, 40)
  await stage.openInTurn(channelIds, 2000)
  const name = "167/s over 40 channels of 50"
  const result = await writeTo(stage, name, authorsOf(channelIds, 10), 167)
  report.add(mode, `CPU, ${name}`, (result.cpuMs / result.sendMs) * 100, "% of a core")
  report.add(mode, `delivery p99, ${name}`, result.delivery.p99, "ms")
}

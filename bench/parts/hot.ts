import type { Stream, StreamResult } from "../crowd-tasks.ts"
import { BATCHES, during } from "../scrape.ts"
import { openStage, type Options, type Stage } from "../stage.ts"
import { check } from "./channels.ts"

const NODES = 3
const WRITERS = 30
const QUIET = 20

const write = async (stage: Stage, streams: Stream[]): Promise<StreamResult[]> => {
  const written = await stage.crowd.do({ task: "write", streams, seconds: stage.seconds })
  written.streams.forEach((result, i) => check(stage, streams[i]?.name ?? "", result))
  return written.streams
}

/** The same, and how many messages an append took, which no bare broadcast knows. */
const writeCounting = async (stage: Stage, stream: Stream) => {
  if (stage.mode === "baseline") return { result: (await write(stage, [stream]))[0], batch: null }
  const { result, rose } = await during(stage.urls, BATCHES, () => write(stage, [stream]))
  const [drafts = 0, appends = 0] = rose
  return { result: result[0], batch: drafts / appends }
}

/** Client i is on node i modulo the number of nodes. */
const writersOn = (nodes: number, of: number): number[] =>
  Array.from({ length: WRITERS }, (_, i) => Math.floor(i / nodes) * of + (i % nodes))

/** One channel that many write to at once, from one node and from all. */
const closedLoop = async (options: Options): Promise<void> => {
  const { mode, report } = options
  const nodes = mode === "cluster" ? NODES : 1
  await using stage = await openStage(options, { count: WRITERS * NODES, nodes })
  const [channelId = ""] = stage.channelIds
  await stage.openInTurn([channelId], QUIET)
  await write(stage, [
    { name: "warm-up", channels: [{ channelId, authors: writersOn(nodes, nodes) }], perSecond: null },
  ])
  let alone: number | undefined
  for (const from of nodes === 1 ? [1] : [1, nodes]) {
    const name = `one hot channel, ${WRITERS} writers on ${from === 1 ? "one node" : `${from} nodes`}`
    const channels = [{ channelId, authors: writersOn(from, nodes) }]
    const { result, batch } = await writeCounting(stage, { name, channels, perSecond: null })
    if (!result) continue
    const perSecond = ((result.sent - result.refused) * 1000) / result.sendMs
    report.add(mode, `messages, ${name}`, perSecond, "messages/s", alone)
    report.add(mode, `ack p99, ${name}`, result.ack.p99, "ms")
    if (batch !== null) {
      report.add(mode, `messages an append, ${name}`, batch, "messages")
      report.add(mode, `messages a packet, ${name}`, result.deliveries / result.packets, "messages", batch)
    }
    alone ??= perSecond
  }
}

/** A channel that a crowd looks at: what a burst costs, and what others feel of it. */
const crowded = async (options: Options, viewers: number, perSecond: number): Promise<void> => {
  const { mode, report, quick } = options
  const nodes = mode === "cluster" ? NODES : 1
  await using stage = await openStage(options, { count: viewers + QUIET, nodes })
  const [hot = "", quiet = ""] = stage.channelIds
  await stage.crowd.do({
    task: "open",
    channelOf: Array.from({ length: viewers + QUIET }, (_, i) => (i < viewers ? hot : quiet)),
    lanes: 50,
  })
  const hotly = (rate: number): Stream => ({
    name: `${viewers} viewers, ${rate}/s from ${nodes === 1 ? "one node" : `${nodes} nodes`}`,
    channels: [{ channelId: hot, authors: writersOn(nodes, nodes) }],
    perSecond: rate,
  })
  const quietly: Stream = {
    name: `a channel of ${QUIET}`,
    channels: [{ channelId: quiet, authors: [viewers, viewers + 1, viewers + 2] }],
    perSecond: 10,
  }
  const [alone] = await write(stage, [quietly])
  const [, beside] = await write(stage, [hotly(perSecond), quietly])
  const name = `a channel of ${QUIET} beside ${viewers} viewers at ${perSecond}/s`
  if (alone && beside) {
    report.add(mode, `delivery p50, ${name}, against alone`, beside.delivery.p50, "ms", alone.delivery.p50)
    report.add(mode, `delivery p99, ${name}, against alone`, beside.delivery.p99, "ms", alone.delivery.p99)
    report.add(mode, `delivery p99, ${name}`, beside.delivery.p99, "ms")
  }
  if (perSecond < 20) return
  const burst = hotly(quick ? 100 : 200)
  const { result, batch } = await writeCounting(stage, burst)
  if (!result) return
  report.add(mode, `delivery p99, burst, ${burst.name}`, result.delivery.p99, "ms")
  report.add(mode, `messages a frame, burst, ${burst.name}`, result.deliveries / result.frames, "messages")
  if (batch !== null)
    report.add(mode, `messages a packet, burst, ${burst.name}`, result.deliveries / result.packets, "messages", batch)
}

export const hotPart = async (options: Options): Promise<void> => {
  await closedLoop(options)
  await crowded(options, options.quick ? 500 : 2000, 20)
  if (!options.quick) await crowded(options, 5000 - QUIET, 5)
}

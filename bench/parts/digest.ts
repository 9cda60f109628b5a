import { openStage, type Options } from "../stage.ts"

export const MEMBERS = 10_000
const PER_SECOND = 20

/** A large server in which somebody writes: what it costs to tell those who do not look, and what it would if all did. */
export const digestPart = async (options: Options): Promise<void> => {
  const { mode, report, quick, seconds } = options
  if (mode === "baseline") return
  const count = quick ? 1000 : 5000
  await using stage = await openStage(options, { count, nodes: 2 })
  const { crowd, channelIds, cpu } = stage
  const [channelId = ""] = channelIds
  const stream = { name: "digest", channels: [{ channelId, authors: [0, 1, 2, 3, 4, 5, 6, 7] }], perSecond: PER_SECOND }
  const idleBefore = cpu()
  await crowd.do({ task: "listen", seconds })
  const idle = (cpu() - idleBefore) / seconds
  const measure = async () => {
    const before = cpu()
    const at = performance.now()
    const written = await crowd.do({ task: "write", streams: [stream], seconds })
    const tookS = (performance.now() - at) / 1000
    return { written, tookS, cpuMs: cpu() - before }
  }
  const digest = await measure()
  await stage.openInTurn([channelId], count)
  const full = await measure()
  const name = `${count.toLocaleString("en-US")} members, ${PER_SECOND}/s in one channel`
  const [delivered] = full.written.streams
  const digests = digest.written.frames / digest.tookS
  const packets = (delivered?.frames ?? 0) / full.tookS
  const spent = ({ cpuMs, tookS }: typeof full) => Math.max(0, cpuMs / tookS - idle) / 10
  report.add(mode, `frames to those who do not look, against looking, ${name}`, digests, "frames/s", packets)
  report.add(
    mode,
    `CPU beyond idling, digests against full delivery, ${name}`,
    spent(digest),
    "% of a core",
    spent(full),
  )
  report.add(mode, `CPU of idling, ${name}`, idle / 10, "% of a core")
  // A digest goes to 5,000 sockets of a node a second at most: of twice as many each hears half as often.
  const computed = (MEMBERS / count) * spent(full)
  report.add(
    mode,
    `computed for ${MEMBERS.toLocaleString("en-US")} members: CPU, digests against full delivery, ${PER_SECOND}/s`,
    (Math.min(MEMBERS, 5000 * stage.urls.length) / count) * spent(digest),
    "% of a core",
    computed,
  )
}

import { READS, during } from "../scrape.ts"
import { openStage, type Options, type Stage } from "../stage.ts"

const MISSED = 1000

/** So many messages, written by who stays. */
const writeMissed = async (stage: Stage, channelId: string, authors: number[]): Promise<void> => {
  const each = MISSED / 10
  for (let i = 0; i < 10; i++)
    await stage.crowd.do({
      task: "write",
      streams: [{ name: "missed", channels: [{ channelId, authors }], perSecond: each }],
      seconds: 1,
    })
}

/** From coming back to having applied a thousand messages: one alone, and many at once. */
export const resumePart = async (options: Options): Promise<void> => {
  const { mode, report, quick } = options
  if (mode === "baseline") return
  const many = quick ? 50 : 500
  await using stage = await openStage(options, { count: many + 10, nodes: 2 })
  const { crowd, urls, channelIds } = stage
  const [channelId = ""] = channelIds
  const authors = Array.from({ length: 10 }, (_, i) => many + i)
  await stage.openInTurn([channelId], many)
  await crowd.do({
    task: "write",
    streams: [{ name: "held", channels: [{ channelId, authors }], perSecond: 20 }],
    seconds: 1,
  })

  await crowd.do({ task: "cut", from: 0, to: many })
  const nothing = await crowd.do({ task: "back", urls, lanes: 1 })
  await crowd.do({ task: "cut", from: 0, to: many })
  await writeMissed(stage, channelId, authors)
  const alone = await crowd.do({ task: "back", urls, lanes: 1 })
  report.add(
    mode,
    `connect and resume, ${MISSED} missed, one after the other, p50`,
    alone.each.p50,
    "ms",
    nothing.each.p50,
  )
  if (alone.messages !== many * MISSED || alone.refused > 0)
    report.warn(`${mode}: ${alone.messages} messages came back of ${many * MISSED}, ${alone.refused} were refused`)

  await crowd.do({ task: "cut", from: 0, to: many })
  await writeMissed(stage, channelId, authors)
  const { result, rose } = await during(urls, READS, () => crowd.do({ task: "back", urls, lanes: many }))
  const name = `${MISSED} missed, ${many} at once`
  report.add(mode, `connect and resume, ${name}, p99`, result.each.p99, "ms")
  report.add(mode, `store reads, ${name}`, rose[0] ?? 0, "reads", many)
  if (result.messages !== many * MISSED || result.refused > 0)
    report.warn(`${mode}: ${result.messages} messages came back of ${many * MISSED}, ${result.refused} were refused`)
}

/** Everybody is cut and comes back: with tickets made before, each resumes its channel. */
export const stormPart = async (options: Options): Promise<void> => {
  const { mode, report, quick } = options
  const count = quick ? 500 : 2000
  await using stage = await openStage(options, { count, nodes: 2 })
  const { crowd, urls, channelIds, cpu } = stage
  await stage.openInTurn(channelIds.slice(0, 50), count)
  await crowd.do({ task: "cut", from: 0, to: count })
  const name = `${count.toLocaleString("en-US")} clients cut and back`
  const before = cpu()
  const storm = () => crowd.do({ task: "back", urls, lanes: 200 })
  const { result, rose } = mode === "baseline" ? { result: await storm(), rose: [] } : await during(urls, READS, storm)
  report.add(mode, `all resumed, ${name}`, result.ms / 1000, "s")
  report.add(mode, `clients a second, ${name}`, (count * 1000) / result.ms, "clients/s")
  report.add(mode, `server CPU a client, ${name}`, (cpu() - before) / count, "ms")
  if (mode === "baseline") return
  report.add(mode, `store reads, ${name}`, rose[0] ?? 0, "reads", count)
  report.add(mode, `heads asked, ${name}`, rose[1] ?? 0, "heads", count)
  report.add(mode, `making a ticket, ${name}`, (result.ticketsMs * 1000) / count, "µs")
  if (result.refused > 0) report.warn(`${mode}, ${name}: ${result.refused} were refused`)
}

/** A link that everybody follows: one channel, opened by all at once. */
export const openingPart = async (options: Options): Promise<void> => {
  const { mode, report, quick } = options
  if (mode === "baseline") return
  const count = quick ? 100 : 500
  await using stage = await openStage(options, { count, nodes: 2 })
  const { crowd, urls, channelIds } = stage
  const [channelId = ""] = channelIds
  await crowd.do({
    task: "write",
    streams: [{ name: "history", channels: [{ channelId, authors: [0, 1] }], perSecond: 60 }],
    seconds: 1,
  })
  const { result, rose } = await during(urls, READS, () => stage.openInTurn([channelId], count, count))
  const name = `${count} people open one channel at once`
  report.add(mode, `store reads, ${name}`, rose[0] ?? 0, "reads", count)
  report.add(mode, `opened p50, ${name}`, result.each.p50, "ms")
  report.add(mode, `opened p99, ${name}`, result.each.p99, "ms")
  if (result.refused > 0) report.warn(`${mode}, ${name}: ${result.refused} were refused`)
}

import { writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { type Mode, startBaseline, startHearth } from "./deployment.ts"
import { measureHistory } from "./history.ts"
import { openingPart, resumePart, stormPart } from "./parts/back.ts"
import { channelsPart } from "./parts/channels.ts"
import { digestPart, MEMBERS } from "./parts/digest.ts"
import { hotPart } from "./parts/hot.ts"
import { viewersPart } from "./parts/viewers.ts"
import { Report } from "./report.ts"
import type { Options } from "./stage.ts"

const { values: flags } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    modes: { type: "string", default: "embedded,cluster" },
    messages: { type: "string" },
    seconds: { type: "string" },
    viewers: { type: "string" },
    profile: { type: "string" },
    "cassandra-apart": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
})

const numbers = (list: string) => list.split(",").map(Number)
const seconds = Number(flags.seconds ?? (flags.quick ? 3 : 15))
const viewerCounts = numbers(flags.viewers ?? (flags.quick ? "200" : "200,1000"))
const historyLength = Number(flags.messages ?? (flags.quick ? 50_000 : 1_000_000))
const modes = flags.modes.split(",").filter((m): m is "embedded" | "cluster" => m === "embedded" || m === "cluster")

/** In this order: memory is measured of servers that did nothing yet, and a third node joins last. */
const parts: { name: string; members: number; run: (options: Options) => Promise<void> }[] = [
  {
    name: "viewers",
    members: Math.max(...viewerCounts),
    run: (options) => viewersPart({ ...options, viewerCounts }),
  },
  {
    name: "history",
    members: 1,
    run: ({ mode, deployment, quick, report }) =>
      mode === "baseline"
        ? Promise.resolve()
        : measureHistory(mode, deployment, historyLength, quick ? 200 : 2000, report),
  },
  { name: "channels", members: 2000, run: channelsPart },
  { name: "digest", members: MEMBERS, run: digestPart },
  { name: "resume", members: 600, run: resumePart },
  { name: "storm", members: 2000, run: stormPart },
  { name: "opening", members: 600, run: openingPart },
  { name: "hot", members: 5000, run: hotPart },
]
const names = parts.map(({ name }) => name)

if (flags.help) {
  console.log(`npm run bench -- [--json FILE] [--quick] [--only ${names.join(",")}]
  [--modes embedded,cluster] [--viewers 200,1000] [--seconds N a phase] [--messages N in the history]
  [--profile DIR for a CPU profile of each gateway] [--cassandra-apart: it runs on the clients' core]

Every figure stands beside the same one of a bare Socket.IO broadcast (no sign-in, no store) from the same run.`)
  process.exit(0)
}

const wanted = new Set(flags.only?.split(",") ?? names)
for (const name of wanted)
  if (!names.includes(name)) {
    console.error(`There is no part ${name}. There are ${names.join(", ")}.`)
    process.exit(2)
  }
const chosen = parts.filter(({ name }) => wanted.has(name))

const start = (mode: Mode) =>
  mode === "baseline"
    ? startBaseline()
    : startHearth(mode, {
        people: Math.max(...chosen.map(({ members }) => members)),
        profile: flags.profile,
        cassandraApart: flags["cassandra-apart"],
      })

const measure = async (mode: Mode, report: Report) => {
  report.say(`${mode}: starting`)
  await using deployment = await start(mode)
  for (const { name, run } of chosen) {
    report.say(`${mode}: ${name}`)
    await run({ deployment, mode, report, quick: flags.quick, seconds })
  }
}

const report = new Report({
  startedAt: new Date().toISOString(),
  node: process.version,
  cores: availableParallelism(),
  quick: flags.quick,
  cassandraApart: flags["cassandra-apart"],
  parts: chosen.map(({ name }) => name),
  secondsAPhase: seconds,
})
for (const mode of ["baseline", ...modes] as const) await measure(mode, report)
console.log(report.table())
if (flags.json) writeFileSync(flags.json, report.json())
if (report.warnings.length > 0) process.exitCode = 1

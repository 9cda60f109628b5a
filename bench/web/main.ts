import { writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { Report } from "../report.ts"
import { measureAudits } from "./audit.ts"
import { openBrowser } from "./browser.ts"
import { measureBusy } from "./busy.ts"
import { measureLoad } from "./load.ts"
import { measureMany } from "./many.ts"
import { measurePeople } from "./people.ts"
import { setStage } from "./stage.ts"
import { measureSwitching } from "./switching.ts"

const { values: flags } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string", default: "load,switching,many,busy,people,audits" },
    help: { type: "boolean", default: false },
  },
})

if (flags.help) {
  console.log(`npm run bench:web -- [--json FILE] [--quick] [--only load,switching,many,busy,people,audits]

What people see, measured in Chromium against the built app. The baseline of a row is its goal.`)
  process.exit(0)
}

const only = new Set(flags.only.split(","))
const size = flags.quick ? { messages: 1000, channels: 40, filled: 4 } : { messages: 10_000, channels: 500, filled: 10 }
const report = new Report({
  startedAt: new Date().toISOString(),
  node: process.version,
  cores: availableParallelism(),
  quick: flags.quick,
  ...size,
})
{
  report.say("starting")
  await using stage = await setStage(size, (line) => report.say(line))
  const browser = await openBrowser()
  try {
    if (only.has("load")) await measureLoad(browser, stage, report)
    if (only.has("switching")) await measureSwitching(browser, stage, size.filled, report)
    if (only.has("many")) await measureMany(browser, stage, report)
    if (only.has("busy")) await measureBusy(browser, stage, flags.quick ? 5 : 20, report)
    if (only.has("people")) await measurePeople(browser, stage, report)
    if (only.has("audits")) await measureAudits(stage, report)
  } finally {
    await browser.close()
  }
}
console.log(report.table())
if (flags.json) writeFileSync(flags.json, report.json())
if (report.warnings.length > 0) process.exitCode = 1

import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, cpus } from "node:os"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { startPostgres } from "@hearth/db/embedded"
import { migrate } from "@hearth/db/migrate"
import { startRedis, temporaryFolder } from "@hearth/testing/parts"
import { pin } from "../deployment.ts"
import { Report } from "../report.ts"
import { type Measured, scaleDoc } from "../scale-doc.ts"
import { asUnitCosts } from "../scale-model.ts"
import { FULL, measurePresence, SIZES } from "./run.ts"

const { values: flags } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    docs: { type: "boolean", default: false },
    model: { type: "boolean", default: false },
    connections: { type: "string" },
    seconds: { type: "string" },
    help: { type: "boolean", default: false },
  },
})

if (flags.help) {
  console.log(`npm run bench:presence -- [--json FILE] [--quick] [--connections N] [--seconds N a phase] [--docs | --model]

What presence costs a gateway, Redis and PostgreSQL in servers of three sizes, beside telling everybody.

--docs    writes docs/scale.json and docs/scale.md from this run
--model   measures nothing: writes docs/scale.md from docs/scale.json`)
  process.exit(0)
}

const file = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))
const writeDoc = (measured: Measured) => writeFileSync(file("scale.md"), scaleDoc(measured))

if (flags.model) {
  const measured = JSON.parse(readFileSync(file("scale.json"), "utf8")) as Measured
  writeDoc({ ...measured, units: asUnitCosts(measured.units) })
  process.exit(0)
}

const connections = Number(flags.connections ?? (flags.quick ? 200 : 5000))
const seconds = Number(flags.seconds ?? (flags.quick ? 2 : FULL.seconds))
const sizes = SIZES.map(({ members }) => ({ members: flags.quick ? members / 10 : members, connected: connections }))

const about = {
  startedAt: new Date().toISOString(),
  node: process.version,
  processor: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  ...{ quick: flags.quick, connections, secondsAPhase: seconds },
}
const report = new Report(about)
const folder = temporaryFolder("bench-presence")
await using stack = new AsyncDisposableStack()
stack.defer(() => rmSync(folder.path, { recursive: true, force: true }))
const postgres = stack.use(await startPostgres({ dataDir: `${folder.path}/postgres` }))
const redis = stack.use(await startRedis())
await migrate(postgres.url)
// Who says what everybody elsewhere does is no server.
pin(1, process.pid)
const parts = {
  databaseUrl: postgres.url,
  redisUrl: redis.url,
  prefix: "hearth-bench",
  postgresPid: postgres.pid,
  pinned: true,
}
const { units, load } = await measurePresence(parts, sizes, { ...FULL, seconds }, report)
console.log(report.table())
const measured: Measured = { about: { ...about, load }, rows: report.rows, units, warnings: report.warnings }
const json = `${JSON.stringify(measured, null, 2)}\n`
if (flags.json) writeFileSync(flags.json, json)
if (flags.docs) {
  writeFileSync(file("scale.json"), json)
  writeDoc(measured)
}
if (report.warnings.length > 0) process.exitCode = 1

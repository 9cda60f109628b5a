import { mkdirSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { catalogue } from "./catalogue.ts"
import { type Deployment, deploy, type Mode } from "./deployment.ts"
import { toLines } from "./history.ts"
import { firstAccount, newAccounts, newPlace } from "./place.ts"
import { table } from "./report.ts"
import { type Cast, type Outcome, type Result, runFault } from "./run.ts"
import type { Fault, Settings } from "./stage.ts"

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    mode: { type: "string" },
    cassandra: { type: "string", default: "1" },
    from: { type: "string" },
    seconds: { type: "string" },
    rate: { type: "string" },
    json: { type: "string" },
    short: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
})

if (flags.help) {
  console.log(`npm run faults -- [--only NAME[,NAME]] [--mode embedded|cluster] [--seconds N] [--rate N] [--short] [--from DIR] [--json FILE]

--seconds N   of load without the fault itself, half of it before and half after (60)
--rate N      messages a second (60), unless a fault needs another
--cassandra 3 nodes instead of one in the cluster, on 127.0.0.1, .2 and .3: 3 GB, and a fault more
--from DIR    an older checkout, installed and built: it is upgraded to this one
--short       few clients, short faults, and the selection that npm test runs
--list        what there is`)
  process.exit(0)
}
if (flags.list) {
  for (const { name, modes, about } of catalogue)
    console.log(`${name.padEnd(25)} ${modes.join(", ").padEnd(18)} ${about}`)
  process.exit(0)
}

const FILLING = ", which goes on for a while, as messages do, and then it ends"

const full: Settings = {
  ...{ members: 30, channels: 5, perSecond: 60, crowd: 300, filling: FILLING },
  ...{ beforeMs: 30_000, afterMs: 30_000, lastsMs: 20_000, quietMs: 15_000 },
}
const short: Settings = {
  ...{ members: 9, channels: 3, perSecond: 40, crowd: 100, filling: FILLING },
  ...{ beforeMs: 4000, afterMs: 3000, lastsMs: 4000, quietMs: 3000 },
}
const selection: Record<Mode, string[]> = {
  embedded: ["gateway-kill", "postgres-restart", "removed"],
  cluster: ["gateway-kill", "redis-kill", "cassandra-kill", "client-cut"],
}

const settings = { ...(flags.short ? short : full) }
if (flags.seconds !== undefined) settings.beforeMs = settings.afterMs = Number(flags.seconds) * 500
if (flags.rate !== undefined) settings.perSecond = Number(flags.rate)
const modes = (["embedded", "cluster"] as const).filter((mode) => flags.mode === undefined || flags.mode === mode)
const cassandras = Number(flags.cassandra)
const only = flags.only?.split(",")
const root = flags.from && resolve(flags.from)
/** What is to be upgraded is broken by nothing else. */
const canRun = ({ cassandras: needs = 1, older }: Fault) =>
  needs <= cassandras && (older === true) === (root !== undefined)
const unknown = only?.filter((name) => !catalogue.some((fault) => fault.name === name && canRun(fault))) ?? []
if (
  modes.length === 0 ||
  unknown.length > 0 ||
  !(settings.beforeMs > 0) ||
  !(settings.perSecond > 0) ||
  ![1, 3].includes(cassandras)
) {
  console.error(
    `${unknown.join(", ") || `--mode ${flags.mode} --seconds ${flags.seconds} --rate ${flags.rate} --cassandra ${flags.cassandra}`}: see --help and --list.`,
  )
  process.exit(2)
}
const chosen = (mode: Mode): Fault[] =>
  catalogue.filter((fault) => {
    const { name, modes: its, onDemand } = fault
    if (!its.includes(mode) || !canRun(fault)) return false
    if (only) return only.includes(name)
    return flags.short && !root ? selection[mode].includes(name) : !onDemand
  })

const NEWCOMERS = 4
const STRANGERS = 2
const HISTORIES = fileURLToPath(new URL("../.cache/faults/", import.meta.url))

const gather = async (deployment: Deployment): Promise<Cast> => {
  const owner = await firstAccount(deployment)
  const { invite } = await newPlace(owner, 1)
  const all = await newAccounts(deployment, invite, settings.members + NEWCOMERS + STRANGERS)
  const accounts = all.splice(0, settings.members)
  return { owner, accounts, newcomers: all.splice(0, NEWCOMERS), strangers: all }
}

const keep = (mode: Mode, fault: Fault, { events }: Outcome): string => {
  mkdirSync(HISTORIES, { recursive: true })
  const file = join(HISTORIES, `${mode}-${fault.name}.jsonl`)
  writeFileSync(file, toLines(events))
  return file
}

const startedAt = new Date().toISOString()
const results: Result[] = []
/** After each fault: a run that is cut short has said what it knew. */
const write = () => {
  if (flags.json) writeFileSync(flags.json, `${JSON.stringify({ startedAt, settings, rows: results }, null, 2)}\n`)
}
const failed = (fault: Fault, mode: Mode, why: string): Result => ({
  ...{ fault: fault.name, mode, sends: 0, acked: 0, lost: 0, duplicated: 0, inverted: 0, holes: 0, leaks: 0 },
  ...{ usedMs: null, recoverMs: null, worstAckMs: 0, ok: false, complaints: [why] },
})

let running: Promise<Deployment> | null = null
let interrupted = false
const stop = async () => {
  const last = running
  running = null
  // One that could not start has stopped itself.
  await (await last?.catch(() => null))?.[Symbol.asyncDispose]()
}
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    interrupted = true
    console.error("Stopping …")
    void stop().finally(() => process.exit(130))
  })

const runAll = async (mode: Mode): Promise<void> => {
  let cast: Cast | null = null
  const tryOne = async (fault: Fault): Promise<{ result: Result; broken: boolean }> => {
    try {
      if (!running || !cast) {
        console.error(`${mode}: starting`)
        running = deploy(mode, { cassandras, root })
        cast = await gather(await running)
      }
      console.error(`${mode}: ${fault.name}: ${fault.about}`)
      const outcome = await runFault(fault, await running, cast, settings)
      if (!outcome.result.ok) console.error(`  the history is in ${keep(mode, fault, outcome)}`)
      return outcome
    } catch (error) {
      const why = `the run itself failed: ${error instanceof Error ? error.stack : String(error)}`
      return { result: failed(fault, mode, why), broken: false }
    }
  }
  const runOne = async (fault: Fault, firstTry?: string[]): Promise<void> => {
    const began = performance.now()
    const { result, broken } = await tryOne(fault)
    for (const complaint of result.complaints) console.error(`  ✗ ${complaint}`)
    console.error(`  ${((performance.now() - began) / 1000).toFixed(0)} s`)
    // What a broken run leaves behind is not for the next one.
    if (!result.ok) await stop()
    if (flags.short && !result.ok && !broken && !firstTry && !interrupted) return runOne(fault, result.complaints)
    results.push(firstTry ? { ...result, firstTry } : result)
    write()
  }
  try {
    for (const fault of chosen(mode)) {
      if (interrupted) return
      await runOne(fault)
    }
  } finally {
    await stop()
  }
}

for (const mode of modes) await runAll(mode)
console.log(table(results))
process.exit(results.length > 0 && results.every(({ ok }) => ok) ? 0 : 1)

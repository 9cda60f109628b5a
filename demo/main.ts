import { type Running, runHearth } from "../scripts/supervisor/run.ts"
import { StartError } from "../scripts/supervisor/start-error.ts"
import { createVoice } from "../scripts/supervisor/voice.ts"
import { keepSize, readDemoConfig } from "./args.ts"
import { demoPassword, me } from "./fill/account.ts"
import { openDeps, type OpenDeps } from "./fill/deps.ts"
import { type Filled, fill } from "./fill/fill.ts"
import { markRead } from "./live/reads.ts"
import { type Live, startVoices } from "./live/voices.ts"
import { sizes } from "./plan/places.ts"
import { createProgress } from "./progress.ts"

const leaving = new AbortController()
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leaving.abort())
// A terminal that is gone must not end us before the stores are stopped.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})

let deps: OpenDeps | undefined
let hearth: Running | undefined
let live: Live | undefined

const run = async (): Promise<void> => {
  const { config, size, live: count } = readDemoConfig(process.argv.slice(2), process.env)
  const voice = createVoice(config.json)
  const progress = createProgress({ json: config.json, tty: process.stdout.isTTY })
  let filled: Filled | undefined
  hearth = await runHearth(config, voice, async ({ databaseUrl, env }, secret) => {
    keepSize(config.dataDir, size)
    const contactPoints = env.CASSANDRA_CONTACT_POINTS?.split(",")
    const { CASSANDRA_KEYSPACE: keyspace, CASSANDRA_LOCAL_DC, HEARTH_BODY_KEYS: bodyKeys } = config.given
    const localDc = env.CASSANDRA_LOCAL_DC ?? CASSANDRA_LOCAL_DC
    const cassandra = contactPoints && { contactPoints, keyspace, localDc }
    deps = await openDeps({ databaseUrl, secret, bodyKeys, cassandra })
    const begun = performance.now()
    voice.progress("Looking whether everybody is there …")
    filled = await fill(deps, { size: sizes[size], signal: leaving.signal, onProgress: progress })
    progress.end()
    voice.event({ event: "filled", ms: Math.round(performance.now() - begun) })
  })
  if (!deps || !filled) throw new Error("a Hearth that is ready, and was not filled")
  await markRead(deps, filled, hearth.url)
  const password = demoPassword(deps.secret)
  if (count > 0) {
    live = await startVoices(deps, filled, { url: hearth.url, count })
    await live.ready
  }
  voice.event({ event: "demo", email: me.email, password, voices: count })
  if (!config.json) {
    process.stdout.write(`  Sign in as ${me.name}:\n    ${me.email}\n    ${password}\n\n`)
    process.stdout.write(
      count > 0 ? `  ${count} people go on talking. Ctrl-C stops it all.\n\n` : "  Ctrl-C stops it.\n\n",
    )
  }
}

const stop = async (): Promise<void> => {
  await live?.stop()
  await deps?.[Symbol.asyncDispose]()
  await hearth?.stop()
}

const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    if (leaving.signal.aborted) return resolve()
    leaving.signal.addEventListener("abort", () => resolve(), { once: true })
  })

let failed = false
try {
  await run()
  await untilSignal()
} catch (error) {
  if (leaving.signal.aborted) process.stderr.write("\n  Stopped. The next npm run demo goes on from here.\n\n")
  else {
    failed = true
    const sentence = error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`\n  The demo cannot start. ${sentence}\n\n`)
  }
}
await stop()
process.exit(failed ? 1 : 0)

import { readConfig } from "./config.ts"
import { runHearth } from "./run.ts"
import { StartError } from "./start-error.ts"
import { createVoice } from "./voice.ts"

const fail = (error: unknown): never => {
  const sentence = error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`\n  Hearth cannot start. ${sentence}\n\n`)
  process.exit(1)
}

let leave: (() => void) | null = null
let wantsToLeave = false
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // The terminal tells the whole group, and whoever started us forwards it: the first counts, repeats do not.
  process.on(signal, () => {
    if (wantsToLeave) return
    wantsToLeave = true
    leave?.()
  })
}
// A terminal that is gone must not end us before the stores are stopped.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})

try {
  const config = readConfig(process.argv.slice(2), process.env)
  const voice = createVoice(config.json)
  const { stop } = await runHearth(config, voice)
  leave = () => {
    stop().then(() => process.exit(0), fail)
  }
  if (wantsToLeave) leave()
} catch (error) {
  fail(error)
}

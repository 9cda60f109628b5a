#!/usr/bin/env node
// What `npm start`, `npm run dev` and `npm run cluster` begin with. Runs on any Node since 20.9 and before anything is
// installed, so it imports nothing but node:*. Installs, builds, and hands over to the supervisor under Node 24.
import { spawn } from "node:child_process"
import { build, ensureInstalled, node24, root, cleanEnv, fail } from "./bootstrap.mjs"

const modes = { start: "embedded", dev: "dev", cluster: "cluster" }
const [verb = "start", ...rest] = process.argv.slice(2)

ensureInstalled()
const node = node24()
let args
if (verb === "run") args = rest
else {
  const mode = modes[verb]
  if (!mode) fail(`There is no "${verb}". Say start, dev or cluster.`)
  if (mode !== "dev") build(node)
  args = ["scripts/supervisor/main.ts", "--mode", mode, ...rest]
}
const child = spawn(node, args, { cwd: root, env: cleanEnv(node), stdio: ["inherit", "inherit", "inherit", "ipc"] })
// The terminal's Ctrl-C reaches the supervisor by itself; what only we hear is passed on.
process.on("SIGINT", () => {})
process.on("SIGTERM", () => child.kill("SIGTERM"))
process.on("SIGHUP", () => child.kill("SIGTERM"))
child.on("error", (error) => fail(error.message))
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

import { watch } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { setupCode } from "@hearth/db"
import { freePort } from "@hearth/db/embedded"
import { type Child, runChild } from "./child.ts"
import { type Front, openFront } from "./front.ts"
import { takeLock } from "./lock.ts"
import { createSay, type Say, StartError, step } from "./say.ts"
import { readSecret, readSettings, type Settings } from "./settings.ts"
import { isSetUp, openStores } from "./stores.ts"

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const GATEWAY_STOP_MS = 30_000
const WEB_STOP_MS = 10_000

/** What is to be undone, newest last. */
type Undo = { name: string; run: () => Promise<void> | void }

const start = async (settings: Settings, say: Say, undo: Undo[]) => {
  const began = performance.now()
  const lock = takeLock(settings.dataDir)
  undo.push({ name: "lock", run: lock.release })
  const secret = readSecret(settings.dataDir)
  const dev = settings.mode === "dev"
  const front = await openFront({
    host: settings.HOST,
    port: settings.PORT,
    trustedProxies: settings.trustedProxies,
    dev,
  })
  undo.push({ name: "front", run: front.close })

  const stores = await openStores(settings, say)
  undo.push({ name: "stores", run: stores.stop })

  const cluster = settings.mode === "cluster"
  const env = {
    ...process.env,
    ...stores.env,
    HEARTH_SECRET: secret,
    NODE_ENV: dev ? "development" : "production",
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn",
  }
  const webs: Child[] = []
  const gateways: Child[] = []
  undo.push({ name: "web", run: () => stopAll(webs, WEB_STOP_MS) })
  undo.push({ name: "gateways", run: () => stopAll(gateways, GATEWAY_STOP_MS) })
  await step(say, "Gateway", async () => {
    const count = settings.GATEWAY_NODES ?? (cluster ? 2 : 1)
    for (const n of upTo(count)) gateways.push(await startGateway(n, env, front, say))
  })
  await step(say, "Web", async () => {
    for (const n of upTo(settings.WEB_NODES ?? (cluster ? 2 : 1))) webs.push(await startWeb(n, env, front, say, dev))
  })
  if (dev) restartOnChange(gateways, say)

  const url = `http://${settings.HOST === "127.0.0.1" || settings.HOST === "0.0.0.0" ? "localhost" : settings.HOST}:${front.port}`
  const code = setupCode(secret)
  const ready = await isSetUp(String(stores.env["DATABASE_URL"]))
  const setupUrl = `${url}/setup#code=${code}`
  say(
    `\nHearth is lit (${((performance.now() - began) / 1000).toFixed(1)} s). Ctrl-C puts it out; what people wrote stays.`,
  )
  if (!ready) say(`Nobody lives here yet. Open this to set it up (the code is ${code}):`)
  say(`\n  ${ready ? url : setupUrl}\n`)
  say.event("ready", { url, setupUrl, setupCode: code, isSetUp: ready })
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

const stopAll = async (children: Child[], patienceMs: number) => {
  await Promise.all(children.map((child) => child.stop(patienceMs)))
}

const startGateway = async (n: number, env: NodeJS.ProcessEnv, front: Front, say: Say): Promise<Child> => {
  const port = await freePort()
  const internal = await freePort()
  const url = `http://127.0.0.1:${port}`
  return runChild({
    name: `gateway ${n}`,
    file: join(root, "apps/realtime/src/main.ts"),
    cwd: join(root, "apps/realtime"),
    env: {
      ...env,
      PORT: String(port),
      HOST: "127.0.0.1",
      INTERNAL_PORT: String(internal),
      INTERNAL_HOST: "127.0.0.1",
      INTERNAL_ADDRESS: `http://127.0.0.1:${internal}`,
    },
    probe: `${url}/readyz`,
    say,
    onUp: () => front.gateways.add(url),
    onDown: () => front.gateways.remove(url),
  })
}

const startWeb = async (n: number, env: NodeJS.ProcessEnv, front: Front, say: Say, dev: boolean): Promise<Child> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  return runChild({
    name: `web ${n}`,
    file: join(root, "node_modules/next/dist/bin/next"),
    args: [dev ? "dev" : "start", "-p", String(port), "-H", "127.0.0.1"],
    cwd: join(root, "apps/web"),
    env: { ...env, PORT: String(port), HOSTNAME: "127.0.0.1" },
    probe: `${url}/healthz`,
    say,
    onUp: () => front.webs.add(url),
    onDown: () => front.webs.remove(url),
  })
}

/** Next reloads itself; a gateway is started anew when what it is made of changes. */
const restartOnChange = (gateways: Child[], say: Say) => {
  let timer: NodeJS.Timeout | undefined
  for (const folder of ["apps/realtime/src", "packages/core/src", "packages/db/src"])
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        say("The gateway's code changed: starting it anew")
        for (const gateway of gateways) void gateway.restart()
      }, 200)
    }).unref()
}

const run = async () => {
  const settings = readSettings(root)
  const say = createSay(settings.json)
  const undo: Undo[] = []
  let stopping: Promise<void> | undefined
  const stop = (code: number): Promise<void> => {
    stopping ??= (async () => {
      // Gateways first, so that clients are told; then what answers; then the stores.
      const order = ["gateways", "web", "front", "stores", "lock"]
      for (const name of order) for (const step of undo.filter((u) => u.name === name)) await step.run()
      say.event("stopped")
      process.exit(code)
    })()
    return stopping
  }
  const onSignal = () => {
    if (!stopping) say("\nPutting the fire out …")
    void stop(0)
  }
  // The terminal signals the whole group and npm passes it on besides: the first counts, the others are the same one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal)
  // Whoever started us is gone.
  if (process.send) process.on("disconnect", onSignal)
  try {
    await start(settings, say, undo)
  } catch (error) {
    if (!stopping)
      process.stderr.write(`\n${error instanceof StartError ? error.message : ((error as Error).stack ?? error)}\n`)
    await stop(1)
  }
}

try {
  await run()
} catch (error) {
  process.stderr.write(`\n${error instanceof StartError ? error.message : ((error as Error).stack ?? error)}\n`)
  process.exit(1)
}

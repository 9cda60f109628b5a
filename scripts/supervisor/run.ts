import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { setupCode } from "@hearth/db"
import { type Child, type ChildOptions, startChild } from "./child.ts"
import { compressedFiles } from "./compressed.ts"
import { type Config, ROOT } from "./config.ts"
import { openDataFolder, readSecret } from "./data-folder.ts"
import { type Front, startFront } from "./front.ts"
import { takeLock } from "./lock.ts"
import { openLogFile } from "./log-file.ts"
import { placeOfFiles } from "./place-of-files.ts"
import { StartError } from "./start-error.ts"
import { isSetUp, openStores, type Stores } from "./stores.ts"
import type { Voice } from "./voice.ts"

const WEB = join(ROOT, "apps/web")
const GATEWAY = join(ROOT, "apps/realtime/src/main.ts")

/** What may be done once the stores are there, before anybody is let in. */
export type Prepare = (stores: Stores, secret: string) => Promise<void>

export interface Running {
  url: string
  stop(): Promise<void>
}

/** Starts the whole of Hearth. Resolves when it is ready, with how to stop it; when a part fails, the others are stopped again. */
export const runHearth = async (config: Config, voice: Voice, prepare?: Prepare): Promise<Running> => {
  const closing: (() => Promise<void> | void)[] = []
  const stop = async () => {
    for (let close = closing.pop(); close; close = closing.pop()) await close()
  }
  if (!config.dev && !existsSync(join(WEB, ".next/BUILD_ID")))
    throw new StartError("The web app is not built. Start with npm start, which builds it, or run: npx turbo run build")
  try {
    openDataFolder(config.dataDir)
    closing.push(takeLock(config.dataDir))
    const secret = readSecret(config.dataDir, config.given.HEARTH_SECRET)
    const nodes: { gateways: Child[]; webs: Child[] } = { gateways: [], webs: [] }
    const up = (children: Child[]) => children.flatMap(({ port }) => port ?? [])
    // First of all the port: whoever is in the way is told before anything is touched. Until the rest is up, it says "in a moment".
    const front = await startFront({
      ...config,
      webs: () => up(nodes.webs),
      gateways: () => up(nodes.gateways),
      ...(!config.dev && { files: compressedFiles(join(WEB, ".next/static")) }),
    })
    const stores = await openOrClose(config, voice, front)
    closing.push(() => stores.stop())
    closing.push(() => front.close())
    await prepare?.(stores, secret)
    closing.push(async () => {
      voice.progress("Stopping …")
      // Gateways first: they tell their clients and write down what they hold.
      await Promise.all(nodes.gateways.map((child) => child.stop()))
      await Promise.all(nodes.webs.map((child) => child.stop()))
    })
    await startNodes(config, stores, secret, voice, nodes)

    const host = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(config.host) ? "localhost" : config.host
    const children = [...nodes.gateways, ...nodes.webs]
    const url = `http://${host}:${front.port}`
    voice.ready({
      url,
      setupCode: setupCode(secret),
      isSetUp: await isSetUp(stores.databaseUrl),
      pids: { ...stores.pids, ...Object.fromEntries(children.map(({ name, pid }) => [name, pid])) },
    })
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const openOrClose = async (config: Config, voice: Voice, front: Front): Promise<Stores> => {
  try {
    return await openStores(config, voice)
  } catch (error) {
    await front.close(0)
    throw error
  }
}

const startNodes = async (
  config: Config,
  stores: Stores,
  secret: string,
  voice: Voice,
  nodes: { gateways: Child[]; webs: Child[] },
) => {
  const { dev, mode } = config
  const count = mode === "cluster" ? 2 : 1
  const env = {
    ...config.env,
    ...stores.env,
    HEARTH_SECRET: secret,
    ...placeOfFiles(config),
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  }
  const common = (name: string) => ({
    name,
    log: openLogFile(join(config.dataDir, "log", `${name}.log`)),
    readyPath: "/readyz",
    readyTimeoutMs: 90_000,
    echo: dev,
    voice,
  })
  const gateway = (index: number): ChildOptions => ({
    ...common(`gateway-${index}`),
    file: GATEWAY,
    args: () => [],
    execArgv: dev ? ["--watch", "--watch-preserve-output"] : [],
    cwd: ROOT,
    env: (port) => ({ ...env, PORT: String(port), HOST: "127.0.0.1" }),
  })
  const next = fileURLToPath(import.meta.resolve("next/dist/bin/next"))
  const web = (index: number): ChildOptions => ({
    ...common(`web-${index}`),
    file: next,
    args: (port) => [dev ? "dev" : "start", "--port", String(port), "--hostname", "127.0.0.1"],
    cwd: WEB,
    env: (port) => ({ ...env, PORT: String(port), HOSTNAME: "127.0.0.1" }),
  })
  voice.progress(`Starting the gateway and the web app (logs in ${join(config.dataDir, "log")}) …`)
  const indexes = Array.from({ length: count }, (_, i) => i + 1)
  const start = async (options: ChildOptions, list: Child[]) => void list.push(await startChild(options))
  // All are awaited, even when one fails: what has started must be known to be stopped.
  const started = await Promise.allSettled(
    indexes.flatMap((index) => [start(gateway(index), nodes.gateways), start(web(index), nodes.webs)]),
  )
  for (const result of started) if (result.status === "rejected") throw result.reason
}

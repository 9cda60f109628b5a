import { spawnSync } from "node:child_process"
import { freePort, type HeldProcess, spawnHeld } from "@hearth/db/embedded"
import { keptFolder, temporaryFolder } from "./folder.ts"
import { type Part, part } from "./part.ts"

export interface RedisPart extends Part {
  url: string
  port: number
}

export interface RedisOptions {
  /** Keeps its data here, by an append-only file. Without it, nothing survives a restart. */
  dataDir?: string
  port?: number
}

/** A redis-server of this machine, on loopback. Throws a sentence when there is none. */
export const startRedis = async ({ dataDir, port: fixed }: RedisOptions = {}): Promise<RedisPart> => {
  if (spawnSync("redis-server", ["--version"]).status !== 0)
    throw new Error("redis-server is missing on this machine (Debian: apt-get install redis-server).")
  const folder = dataDir === undefined ? temporaryFolder("redis") : keptFolder(dataDir)
  const boot = async (port: number): Promise<HeldProcess> => {
    const held = await spawnHeld("redis-server", settings(port, folder.path, dataDir !== undefined), {
      stopSignal: "TERM",
      cwd: folder.path,
    })
    await held.line(/Ready to accept connections/)
    return held
  }
  const { held, port } = await onFreePort(boot, fixed)
  return { url: `redis://127.0.0.1:${port}`, port, ...part(held, () => boot(port), folder) }
}

const settings = (port: number, folder: string, keep: boolean) => [
  ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
  ...["--appendonly", keep ? "yes" : "no", "--daemonize", "no", "--logfile", ""],
]

const onFreePort = async (boot: (port: number) => Promise<HeldProcess>, fixed: number | undefined) => {
  for (let attempt = 1; ; attempt++) {
    const port = fixed ?? (await freePort())
    try {
      return { held: await boot(port), port }
    } catch (error) {
      if (fixed !== undefined || attempt === 5 || !/in use/.test(String(error))) throw error
    }
  }
}

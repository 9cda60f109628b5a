import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { type Part, startCassandra, startRedis } from "@hearth/testing/parts"
import { startOf } from "./lock.ts"
import { StartError } from "./start-error.ts"
import type { Voice } from "./voice.ts"

/** Redis with its data kept, for `npm run cluster`. */
export const startClusterRedis = async (dataDir: string, voice: Voice) => {
  voice.progress("Starting Redis …")
  const folder = await ownFolder(dataDir, "redis")
  const redis = await startRedis({ dataDir: folder })
  return { url: redis.url, ...keep("redis", redis, folder, voice) }
}

/** One Cassandra node with its data kept, for `npm run cluster`. */
export const startClusterCassandra = async (dataDir: string, voice: Voice) => {
  voice.progress("Starting Cassandra (the first time, Maven fetches it) …")
  const folder = await ownFolder(dataDir, "cassandra")
  const cassandra = await startCassandra({ dataDir: folder })
  const { contactPoints, localDc } = cassandra
  return { contactPoints, localDc, ...keep("cassandra", cassandra, folder, voice) }
}

/** Starts it again, at the same address, whenever it dies. */
const keep = (name: string, part: Part, folder: string, voice: Voice) => {
  let stopping = false
  const told = () => {
    writeFileSync(join(folder, "process.json"), JSON.stringify({ pid: part.pid(), started: startOf(part.pid()) }))
    voice.event({ event: "started", name, pid: part.pid() })
  }
  const watch = async () => {
    for (let pause = 200; ; pause = Math.min(pause * 2, 10_000)) {
      await part.ended()
      if (stopping) return
      voice.progress(`${name} ended and is started again`)
      await delay(pause)
      if (stopping) return
      // What has died by itself is stopped for the part, too, and only then starts again.
      await part.stop()
      await part.start().then(told, (error: Error) => voice.progress(`${name}: ${error.message}`))
    }
  }
  told()
  void watch()
  return {
    pids: { [name]: part.pid() },
    stop: async () => {
      stopping = true
      await part.stop()
    },
  }
}

/** Neither program minds a second one on its data, so we do: what a killed supervisor left behind ends first. */
const ownFolder = async (dataDir: string, name: string): Promise<string> => {
  const folder = join(dataDir, name)
  mkdirSync(folder, { recursive: true })
  const before = remembered(folder)
  if (!before) return folder
  for (const deadline = Date.now() + 30_000; startOf(before.pid) === before.started; await delay(50)) {
    if (Date.now() > deadline)
      throw new StartError(`A ${name} (process ${before.pid}) still runs on ${folder}. End it, then start again.`)
  }
  return folder
}

const remembered = (folder: string): { pid: number; started: string } | null => {
  try {
    return JSON.parse(readFileSync(join(folder, "process.json"), "utf8")) as { pid: number; started: string }
  } catch {
    return null
  }
}

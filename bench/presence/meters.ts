import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { openRedis } from "../../apps/realtime/src/redis-client.ts"
import { cpuOf } from "../measure.ts"

type Redis = ReturnType<typeof openRedis>

const AGAIN_MS = 100

/** Commands that Redis did, those of scripts as well, and what it holds. */
export interface RedisMeter extends AsyncDisposable {
  pid: number
  calls(): Promise<number>
  bytes(): Promise<number>
  /** Further connections that read the bus as a node does. */
  addReaders(stream: string, count: number): Promise<() => void>
}

const field = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, "m").exec(text)?.[1] ?? Number.NaN)

const connected = async (url: string): Promise<Redis> => {
  const redis = openRedis(url, { commandTimeoutMs: 10_000 })
  if (redis.status !== "ready") await once(redis, "ready")
  return redis
}

export const openRedisMeter = async (url: string): Promise<RedisMeter> => {
  const redis = await connected(url)
  const pid = field(await redis.info("server"), "process_id")
  return {
    pid,
    async calls() {
      const text = await redis.info("commandstats")
      let sum = 0
      // Each look is a call itself, and counts in the next one: one of very many.
      for (const [, calls] of text.matchAll(/^cmdstat_[^:]+:calls=(\d+)/gm)) sum += Number(calls)
      return sum
    },
    bytes: async () => field(await redis.info("memory"), "used_memory"),
    async addReaders(stream, count) {
      let stopped = false
      const readers = await Promise.all(Array.from({ length: count }, () => connected(url)))
      for (const reader of readers) {
        const read = async (from: string): Promise<void> => {
          if (stopped) return
          // Without a connection it fails at once: asked again at once, it would let nothing else happen in this process.
          const got = (await reader
            .xread("COUNT", 200, "BLOCK", 2000, "STREAMS", stream, from)
            .catch(() => delay(AGAIN_MS, null))) as [string, [string, string[]][]][] | null
          return read(got?.[0]?.[1].at(-1)?.[0] ?? from)
        }
        void read("$")
      }
      return () => {
        stopped = true
        for (const reader of readers) reader.disconnect()
      }
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect()
    },
  }
}

/** What something cost, in ms of processors, and what Redis did for it. */
export interface Spent<T> {
  result: T
  seconds: number
  nodeMs: number
  redisMs: number
  postgresMs: number
  redisCalls: number
}

export interface Meter {
  spend<T>(work: () => Promise<T>): Promise<Spent<T>>
}

export const createMeter = (deps: { node: number; redis: RedisMeter | null; postgres: () => number[] }): Meter => ({
  async spend(work) {
    const { node, redis, postgres } = deps
    const look = async () => ({
      at: performance.now(),
      node: cpuOf([node]),
      redis: redis ? cpuOf([redis.pid]) : 0,
      postgres: cpuOf(postgres()),
      calls: redis ? await redis.calls() : 0,
    })
    const before = await look()
    const result = await work()
    const after = await look()
    return {
      result,
      seconds: (after.at - before.at) / 1000,
      nodeMs: after.node - before.node,
      redisMs: after.redis - before.redis,
      postgresMs: Math.max(0, after.postgres - before.postgres),
      redisCalls: after.calls - before.calls,
    }
  },
})

import { Redis } from "ioredis"
import { openMemoryRateLimits } from "./memory.ts"
import type { RateLimits, Take, Taken } from "./port.ts"
import { REFUND, type Script, TAKE } from "./scripts.ts"

export interface RedisRateLimitsOptions {
  url: string
  /** All keys begin with it. */
  prefix: string
  /** After which this process counts by itself, in ms. */
  limitMs?: number
  /** How long it then leaves Redis alone, in ms: who sends must not wait for the limit each time. */
  restMs?: number
  /** Told when Redis could not be asked; at most once a rest. */
  onError?: (error: Error) => void
}

/**
 * Limits over all nodes, in Redis by its clock. Every take that Redis grants is counted here as well, so that losing Redis
 * hands nobody a fresh burst.
 */
export const openRedisRateLimits = ({
  url,
  prefix,
  limitMs = 500,
  restMs = 1000,
  onError = () => {},
}: RedisRateLimitsOptions): RateLimits => {
  const memory = openMemoryRateLimits()
  const redis = new Redis(url, {
    commandTimeout: limitMs,
    connectTimeout: 2000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => 500,
  })
  let restUntil = 0
  const rest = (error: unknown) => {
    if (performance.now() < restUntil) return
    restUntil = performance.now() + restMs
    onError(error instanceof Error ? error : new Error(String(error)))
  }
  // Each attempt to connect that fails is told here; the one thing to do about it is to count in memory.
  redis.on("error", rest)
  const connected = new Promise<void>((resolve) => {
    redis.once("ready", resolve)
    redis.once("error", () => resolve())
  })

  /** null: Redis did not answer. */
  const ask = async (script: Script, takes: readonly Take[], cost: number): Promise<number | null> => {
    if (redis.status === "connecting" || redis.status === "connect") await within(connected, limitMs)
    if (performance.now() < restUntil || redis.status !== "ready") return null
    const keys = takes.map(({ limit, subject }) => `${prefix}:rl:${limit.name}:${subject}`)
    const args = [cost, ...takes.flatMap(({ limit }) => [1_000_000 / limit.perSecond, limit.burst])]
    try {
      return Number(await run(redis, script, keys, args))
    } catch (error) {
      rest(error)
      return null
    }
  }

  return {
    take: async (takes, cost = 1): Promise<Taken> => {
      if (takes.length === 0) return { ok: true }
      const wait = await ask(TAKE, takes, cost)
      if (wait === null) return memory.take(takes, cost)
      if (wait > 0) return { ok: false, retryAfterMs: wait }
      await memory.take(takes, cost)
      return { ok: true }
    },
    refund: async (takes, cost = 1) => {
      if (takes.length === 0) return
      await Promise.all([ask(REFUND, takes, cost), memory.refund(takes, cost)])
    },
    close: async () => {
      redis.disconnect()
    },
  }
}

const run = async (redis: Redis, { sha, lua }: Script, keys: string[], args: number[]): Promise<unknown> => {
  try {
    return await redis.evalsha(sha, keys.length, ...keys, ...args)
  } catch (error) {
    // A Redis that was restarted knows no scripts.
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error
    return redis.eval(lua, keys.length, ...keys, ...args)
  }
}

const within = async (promise: Promise<void>, ms: number) => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([promise, late])
  clearTimeout(timer)
}

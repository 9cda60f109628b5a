import { Redis, type RedisOptions } from "ioredis"

export interface RedisClientOptions {
  /** A command without an answer fails after this, in ms. */
  commandTimeoutMs?: number
  /** The longest pause between two attempts to connect, in ms: a Redis that is back is used again well within 10 s. */
  reconnectMs?: number
  onError?: (error: Error) => void
}

/**
 * A connection for commands. Nothing waits for a Redis that is away: without a connection a command fails at once, with one
 * that hangs it fails after 500 ms, and a command that was under way when the connection broke is tried once more.
 */
export const openRedis = (url: string, options: RedisClientOptions = {}, more: RedisOptions = {}): Redis => {
  const { commandTimeoutMs = 500, reconnectMs = 1000, onError = () => {} } = options
  const redis = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 2000,
    retryStrategy: (times) => Math.min(reconnectMs, 50 * 2 ** Math.min(times, 10)),
    ...more,
  })
  // Without a listener a lost connection would end the process.
  redis.on("error", onError)
  return redis
}

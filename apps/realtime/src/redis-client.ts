import { Redis, type RedisOptions } from "ioredis"

/** An outage is many errors of one kind: each kind is passed on at once, and then every half minute. */
export const seldom = (onError: (error: Error) => void = () => {}, everyMs = 30_000): ((error: Error) => void) => {
  const last = new Map<string, number>()
  return (error) => {
    const now = performance.now()
    if (now - (last.get(error.message) ?? Number.NEGATIVE_INFINITY) < everyMs) return
    if (last.size > 100) last.clear()
    last.set(error.message, now)
    onError(error)
  }
}

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

/**
 * Resolves with null when Redis takes us in, and with why when it does not answer: a node runs degraded without it. Rejects with
 * a sentence when what answers will never take us in, since waiting does not mend a wrong password.
 */
export const assertRedis = async (url: string): Promise<string | null> => {
  let refusal: string | undefined
  let away: string | null = "it accepts connections, and says nothing"
  const onError = (error: Error) => {
    if (/^(connect|getaddrinfo) /.test(error.message)) away = error.message
    if (/Unknown RESP type|Protocol error/.test(error.message)) refusal = "what answers there is not Redis"
    else if (error.name === "ReplyError" && !/^(LOADING|BUSY|MASTERDOWN)/.test(error.message))
      refusal = `Redis refuses the connection (${error.message.split(" ", 1)[0]}): look at the password and the database number`
  }
  const redis = openRedis(url, { onError }, { lazyConnect: true, retryStrategy: () => null })
  // One that accepts and says nothing is away.
  const patience = setTimeout(() => redis.disconnect(), 2_500)
  await redis.connect().then(() => {
    away = null
  }, onError)
  clearTimeout(patience)
  redis.disconnect()
  if (refusal) throw new Error(`REDIS_URL is wrong: ${refusal}.`)
  return away
}

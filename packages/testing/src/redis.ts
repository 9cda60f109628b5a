import { randomBytes } from "node:crypto"
import { Redis } from "ioredis"
import { type RedisPart, startRedis } from "./parts/redis.ts"
import { provided } from "./provided.ts"

export interface TestRedis extends AsyncDisposable {
  url: string
  /** For HEARTH_PREFIX: all keys and streams of the suite begin with it. */
  prefix: string
  /** A connection of its own, closed with it. */
  redis: Redis
}

/** A prefix of its own on the run's Redis; its keys are deleted in the end. */
export const testRedis = async (): Promise<TestRedis> => {
  const url = provided("redis")
  const prefix = `test-${randomBytes(8).toString("hex")}`
  const redis = new Redis(url, { lazyConnect: true })
  await redis.connect()
  return {
    url,
    prefix,
    redis,
    [Symbol.asyncDispose]: async () => {
      for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 })) {
        if ((keys as string[]).length > 0) await redis.del(keys as string[])
      }
      await redis.quit()
    },
  }
}

/** A server of its own, for tests that stop, kill or pause it. It forgets everything when it restarts. */
export const privateRedis = (): Promise<RedisPart> => startRedis()

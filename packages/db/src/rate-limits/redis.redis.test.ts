import { randomUUID } from "node:crypto"
import { privateRedis, stopwatch, testRedis } from "@hearth/testing"
import { expect, test, vi } from "vitest"
import { describeRateLimits } from "./contract.ts"
import type { RateLimits, Take } from "./port.ts"
import { openRedisRateLimits } from "./redis.ts"

describeRateLimits("Redis", async () => {
  const redis = await testRedis()
  const limits = openRedisRateLimits({ url: redis.url, prefix: redis.prefix })
  return {
    ...limits,
    close: async () => {
      await limits.close()
      await redis[Symbol.asyncDispose]()
    },
  }
})

const take = (burst: number, perSecond = 0.01): Take => ({
  limit: { name: randomUUID(), burst, perSecond },
  subject: "alice",
})
const granted = async (limits: RateLimits, one: Take, times: number) => {
  let n = 0
  for (let i = 0; i < times; i++) if ((await limits.take([one])).ok) n++
  return n
}

test("nodes share their buckets, and keys go away by themselves", async () => {
  await using redis = await testRedis()
  const [a, b] = [1, 2].map(() => openRedisRateLimits({ url: redis.url, prefix: redis.prefix }))
  if (!a || !b) throw new Error("two")
  const one = take(4, 1)
  expect([await granted(a, one, 3), await granted(b, one, 3)]).toEqual([3, 1])
  const keys = await redis.redis.keys(`${redis.prefix}*`)
  expect(keys).toHaveLength(1)
  const ttl = await redis.redis.pttl(keys[0] ?? "")
  expect(ttl).toBeGreaterThan(2000)
  expect(ttl).toBeLessThanOrEqual(4001)
  await Promise.all([a.close(), b.close()])
})

test("a frozen Redis: answers within 500 ms, then at once; still limited; and shared again when it wakes", async () => {
  await using redis = await privateRedis()
  const [a, b] = [1, 2].map(() => openRedisRateLimits({ url: redis.url, prefix: "p", restMs: 300 }))
  if (!a || !b) throw new Error("two")
  const one = take(5)
  expect(await granted(a, one, 3)).toBe(3)
  expect((await b.take([take(1)])).ok).toBe(true)
  redis.pause()
  const first = stopwatch()
  // What Redis granted before counts: two are left, not five.
  expect(await granted(a, one, 1)).toBe(1)
  expect(first()).toBeLessThan(700)
  const again = stopwatch()
  expect(await granted(a, one, 10)).toBe(1)
  expect(again()).toBeLessThan(1500)
  await a.refund([one])
  redis.resume()
  const other = take(1)
  await vi.waitFor(
    async () => {
      const fresh = take(1)
      const [x, y] = [await a.take([fresh]), await b.take([fresh])]
      expect([x.ok, y.ok]).toEqual([true, false])
    },
    { timeout: 10_000, interval: 50 },
  )
  expect([await granted(a, other, 1), await granted(b, other, 1)]).toEqual([1, 0])
  await Promise.all([a.close(), b.close()])
})

test("Redis killed, or absent from the start: limited by this process; found when it comes", async () => {
  await using redis = await privateRedis()
  const a = openRedisRateLimits({ url: redis.url, prefix: "p", restMs: 100 })
  expect(await granted(a, take(2), 4)).toBe(2)
  await redis.kill()
  const one = take(2)
  expect(await granted(a, one, 4)).toBe(2)
  const late = openRedisRateLimits({ url: redis.url, prefix: "p", restMs: 100 })
  expect(await granted(late, one, 4)).toBe(2)
  await late.refund([one])
  await redis.start()
  await vi.waitFor(
    async () => {
      const fresh = take(1)
      const answers = [await a.take([fresh]), await late.take([fresh])]
      expect(answers.map((x) => x.ok)).toEqual([true, false])
    },
    { timeout: 10_000, interval: 50 },
  )
  await Promise.all([a.close(), late.close()])
})

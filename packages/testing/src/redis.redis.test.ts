import { Redis } from "ioredis"
import { expect, test } from "vitest"
import { privateRedis, provided, testRedis } from "./index.ts"

test("a suite's keys are gone after it, and only its own", async () => {
  await using other = await testRedis()
  await other.redis.set(`${other.prefix}:stays`, "1")
  const mine = await testRedis()
  await mine.redis.set(`${mine.prefix}:goes`, "1")
  await mine[Symbol.asyncDispose]()
  expect(await other.redis.keys(`${mine.prefix}*`)).toEqual([])
  expect(await other.redis.get(`${other.prefix}:stays`)).toBe("1")
})

test("a server of one's own comes back empty, at the same address", async () => {
  await using server = await privateRedis()
  expect(server.url).not.toBe(provided("redis"))
  const redis = new Redis(server.url, { retryStrategy: () => 20 })
  redis.on("error", () => {})
  await redis.set("key", "value")
  await server.kill()
  await server.start()
  expect(await redis.get("key")).toBeNull()
  redis.disconnect()
})

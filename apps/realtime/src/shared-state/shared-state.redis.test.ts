import { randomUUID } from "node:crypto"
import { Presence } from "@hearth/core"
import { privateRedis, stopwatch, type TestRedis, testRedis } from "@hearth/testing"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { EpochLost } from "../ports.ts"
import { describeSharedState } from "./contract.ts"
import { createRedisState } from "./redis.ts"

let redis: TestRedis
beforeAll(async () => {
  redis = await testRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

const connected = async (prefix: string, options = {}) => {
  const state = createRedisState({ url: redis.url, prefix, options })
  await vi.waitFor(() => state.nodes(), { timeout: 10_000 })
  return state
}

describeSharedState("Redis", async (options) => {
  const prefix = `${redis.prefix}-${randomUUID()}`
  const [a, b] = await Promise.all([connected(prefix, options), connected(prefix, options)])
  return {
    a,
    b,
    close: async () => {
      await Promise.all([a.close(), b.close()])
    },
  }
})

test("a gateway that knows no phones reads whoever is at one as online, and is read itself", async () => {
  const prefix = `${redis.prefix}-old`
  const state = await connected(prefix)
  const node = { id: "n", epoch: "1", address: "" }
  await state.register(node)
  await state.setPresence(node, "1", "phone")
  const entries = await redis.redis.hvals(`${prefix}:pres:u:1`)
  // As it was read before there were phones.
  const read = entries
    .join(",")
    .split(",")
    .flatMap((s) => Presence.safeParse(s).data ?? [])
  expect(read).toEqual(["online"])
  await redis.redis.hset(`${prefix}:pres:u:1`, "n:1", "online")
  expect((await state.presences(["1"])).get("1")).toBe("online")
  await state.close()
})

test("two deployments on one Redis do not see each other", async () => {
  const [a, b] = await Promise.all([connected(`${redis.prefix}-one`), connected(`${redis.prefix}-two`)])
  const node = { id: "n", epoch: "1", address: "" }
  await a.register(node)
  await a.setPresence(node, "1", "online")
  expect(await b.nodes()).toEqual([])
  expect((await b.presences(["1"])).get("1")).toBe("offline")
  await Promise.all([a.close(), b.close()])
})

test("[P8] Redis away fails at once, frozen within half a second; back and empty, the epoch is lost and can be taken anew", async () => {
  await using own = await privateRedis()
  const state = createRedisState({ url: own.url, prefix: "t" })
  const node = { id: "n", epoch: "1", address: "" }
  await vi.waitFor(() => state.register(node), { timeout: 10_000 })

  own.pause()
  const elapsed = stopwatch()
  await expect(state.nodes()).rejects.toThrow()
  expect(elapsed()).toBeLessThan(1000)
  own.resume()
  await vi.waitFor(async () => expect(await state.beat(node)).toBe("kept"), { timeout: 10_000 })

  await own.kill()
  await expect(state.beat(node)).rejects.toThrow()
  await own.start()
  await vi.waitFor(async () => expect(await state.beat(node)).toBe("lost"), { timeout: 10_000, interval: 50 })
  await expect(state.setPresence(node, "1", "online")).rejects.toBeInstanceOf(EpochLost)
  const again = { ...node, epoch: "2" }
  await state.register(again)
  expect(await state.setPresence(again, "1", "online")).toBe("online")
  await state.close()
}, 60_000)

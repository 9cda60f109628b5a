import { randomUUID } from "node:crypto"
import { privateRedis, type TestRedis, testRedis } from "@hearth/testing"
import { Redis } from "ioredis"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { type BusNode, describeBus, openBusNode } from "./contract.ts"
import { createRedisBus, type GapReason, type RedisBusOptions } from "./redis.ts"

let shared: TestRedis
beforeAll(async () => {
  shared = await testRedis()
})
afterAll(() => shared[Symbol.asyncDispose]())

const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

const openPair = async (url: string, prefix: string, options: RedisBusOptions = {}) => {
  const gaps: GapReason[][] = [[], []]
  const nodes = await Promise.all(
    gaps.map((reasons, i) =>
      openBusNode(
        `n${i}`,
        createRedisBus({ url, prefix, options: { probeMs: 200, ...options }, onGap: (why) => reasons.push(why) }),
      ),
    ),
  )
  const [a, b] = nodes as [BusNode, BusNode]
  return {
    a,
    b,
    gaps,
    async [Symbol.asyncDispose]() {
      await a.close()
      await b.close()
    },
  }
}

describeBus("on Redis Streams, two nodes", async () => {
  const prefix = `${shared.prefix}-${randomUUID()}`
  return Promise.all(
    ["n1", "n2"].map((id) => openBusNode(id, createRedisBus({ url: shared.url, prefix, options: { probeMs: 200 } }))),
  )
})

/** The share of time in which the event loop was busy, over some turns of it. */
const utilization = async (turns: number): Promise<number> => {
  const before = performance.eventLoopUtilization()
  for (let i = 0; i < turns; i++) await new Promise((done) => setTimeout(done, 5))
  return performance.eventLoopUtilization(before).utilization
}

describe("bus, Redis in trouble", () => {
  test("[P8] killed: own sockets are served, nothing spins; restarted empty: used again within 10 s, and both nodes know of the gap", async () => {
    await using redis = await privateRedis()
    await using net = await openPair(redis.url, "t")
    const { a, b, gaps } = net
    const near = await a.join("room")
    const far = await b.join("room")
    a.ring("room", "before")
    await soon(() => expect(far.got).toEqual([["before"]]))

    await redis.kill()
    await soon(() => expect([a.bus.state(), b.bus.state()]).toEqual(["away", "away"]))
    a.ring("room", "while-away")
    await soon(() => expect(near.got).toEqual([["before"], ["while-away"]]))
    expect(await utilization(100)).toBeLessThan(0.8)

    const back = performance.now()
    await redis.start()
    await soon(() => expect([a.bus.state(), b.bus.state()]).toEqual(["ready", "ready"]))
    expect(performance.now() - back).toBeLessThan(10_000)
    b.ring("room", "after")
    await soon(() => expect(near.got.at(-1)).toEqual(["after"]))
    expect(far.got).toEqual([["before"], ["after"]])
    await soon(() => {
      for (const reasons of gaps) expect(reasons).not.toEqual([])
    })
  }, 30_000)

  test("frozen: publishing does not block and own sockets are served at once; thawed: what was written arrives", async () => {
    await using redis = await privateRedis()
    await using net = await openPair(redis.url, "t", { commandTimeoutMs: 200 })
    const { a, b } = net
    const near = await a.join("room")
    const far = await b.join("room")
    redis.pause()
    const before = performance.now()
    for (let n = 0; n < 100; n++) a.ring("room", "said", n)
    expect(performance.now() - before).toBeLessThan(500)
    await soon(() => expect(near.got).toHaveLength(100))
    await soon(() => expect(a.bus.state()).toBe("away"))
    redis.resume()
    await soon(() => expect([a.bus.state(), b.bus.state()]).toEqual(["ready", "ready"]))
    await soon(() => expect(far.got.map(([, n]) => n)).toEqual(Array.from({ length: 100 }, (_, n) => n)))
  }, 30_000)

  test("frozen for long: what waits is bounded", async () => {
    await using redis = await privateRedis()
    let dropped = 0
    const bus = createRedisBus({
      url: redis.url,
      prefix: "t",
      options: { maxUnanswered: 50 },
      onDropped: (count) => {
        dropped += count
      },
    })
    const node = await openBusNode("n", bus)
    redis.pause()
    for (let n = 0; n < 500; n++) bus.publish("room", "said", [n], { volatile: false })
    expect(dropped).toBeGreaterThanOrEqual(450)
    expect(bus.stats?.().dropped).toBe(dropped)
    redis.resume()
    await node.close()
  }, 20_000)

  test("a stream whose ids went backwards is lifted, and the nodes hear again", async () => {
    await using redis = await privateRedis()
    const prefix = "t"
    const admin = new Redis(redis.url)
    // The clock of the Redis before was an hour ahead.
    await admin.xadd(`${prefix}:bus`, `${Date.now() + 3_600_000}-7`, "k", "v")
    await using net = await openPair(redis.url, prefix)
    const { a, b, gaps } = net
    const far = await b.join("room")
    a.ring("room", "before")
    await soon(() => expect(far.got).toEqual([["before"]]))

    await admin.del(`${prefix}:bus`)
    await soon(() => {
      for (const reasons of gaps) expect(reasons).toContain("lifted")
    })
    await soon(() => expect([a.bus.state(), b.bus.state()]).toEqual(["ready", "ready"]))
    a.ring("room", "after")
    await soon(() => expect(far.got).toEqual([["before"], ["after"]]))
    admin.disconnect()
  }, 30_000)

  test("a node that fell off the stream knows of its gap", async () => {
    const prefix = `${shared.prefix}-${randomUUID()}`
    const admin = new Redis(shared.url)
    await using net = await openPair(shared.url, prefix, { maxLen: 10 })
    // More at once than the stream keeps: the same as a node that stood still meanwhile.
    const fill = admin.multi()
    for (let n = 0; n < 500; n++) fill.xadd(`${prefix}:bus`, "MAXLEN", 10, "*", "k", String(n))
    await fill.exec()
    await soon(() => {
      for (const reasons of net.gaps) expect(reasons).toContain("lost")
    })
    admin.disconnect()
  }, 30_000)

  test("a stream that is emptied under a living connection is noticed", async () => {
    const prefix = `${shared.prefix}-${randomUUID()}`
    const admin = new Redis(shared.url)
    await using net = await openPair(shared.url, prefix)
    const far = await net.b.join("room")
    net.a.ring("room", "before")
    await soon(() => expect(far.got).toEqual([["before"]]))
    await admin.del(`${prefix}:bus`)
    await soon(() => {
      for (const reasons of net.gaps) expect(reasons).not.toEqual([])
    })
    admin.disconnect()
  }, 30_000)

  test("away at the start: the node starts degraded, recovers by itself, and says that it missed things", async () => {
    await using redis = await privateRedis()
    await redis.kill()
    await using net = await openPair(redis.url, "t")
    const { a, b, gaps } = net
    expect([a.bus.state(), b.bus.state()]).toEqual(["away", "away"])
    const near = await a.join("room")
    const far = await b.join("room")
    a.ring("room", "alone")
    await soon(() => expect(near.got).toEqual([["alone"]]))
    await redis.start()
    await soon(() => expect([a.bus.state(), b.bus.state()]).toEqual(["ready", "ready"]))
    await soon(() => expect(gaps).toEqual([["joined"], ["joined"]]))
    a.ring("room", "together")
    await soon(() => expect(far.got).toEqual([["together"]]))
  }, 30_000)

  test("frozen at the start: the node starts degraded all the same, and recovers", async () => {
    await using redis = await privateRedis()
    redis.pause()
    await using net = await openPair(redis.url, "t", { connectMs: 100 })
    expect([net.a.bus.state(), net.b.bus.state()]).toEqual(["away", "away"])
    redis.resume()
    await soon(() => expect([net.a.bus.state(), net.b.bus.state()]).toEqual(["ready", "ready"]))
    const far = await net.b.join("room")
    net.a.ring("room", "together")
    await soon(() => expect(far.got).toEqual([["together"]]))
  }, 30_000)

  test("a lost connection without lost entries is no gap", async () => {
    await using redis = await privateRedis()
    const admin = new Redis(redis.url)
    await using net = await openPair(redis.url, "t")
    const { a, b, gaps } = net
    const far = await b.join("room")
    await admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    // What is rung before the connection is back is lost, and heads repair it.
    await soon(() => {
      a.ring("room", "after")
      expect(far.got).toContainEqual(["after"])
    })
    await soon(() => expect([a.bus.state(), b.bus.state()]).toEqual(["ready", "ready"]))
    expect(gaps).toEqual([[], []])
    admin.disconnect()
  }, 30_000)
})

import type { EventName, EventPayload, Message, Writers } from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { GatewayClient } from "../gateway/gateway-client.ts"
import { CALM_MS, createLiveliness, glowOf } from "./liveliness.ts"
import { createViewers } from "./viewers.ts"

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000_000 }))
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const MINUTE = 60_000

const fakeClient = (me = "1") => {
  const handlers = new Map<EventName, (payload: never) => void>()
  const listeners = new Set<() => void>()
  let status = "online"
  const client = {
    on: (event: EventName, handler: (payload: never) => void) => {
      handlers.set(event, handler)
      return () => void handlers.delete(event)
    },
    snapshot: () => ({ me: { id: me } }),
    connection: () => ({ status }),
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  } as unknown as GatewayClient
  return {
    client,
    handlers,
    tell: <E extends EventName>(event: E, payload: EventPayload<E>) => handlers.get(event)?.(payload as never),
    become: (now: string) => {
      status = now
      for (const listener of listeners) listener()
    },
  }
}
const writers = (count: number, ...latest: [string, number][]): Writers => ({
  count,
  latest: latest.map(([userId, agoMs]) => ({ userId, agoMs })),
})
const message = (seq: number, authorId: string, over: Partial<Message> = {}) =>
  ({ seq, authorId, version: 1, reactions: {}, ...over }) as Message
const packet = (head: number, ...items: Message[]) => ({ channelId: "10", scope: 0, ver: head, head, items })

const setUp = () => {
  const { client, tell } = fakeClient()
  const lively = createLiveliness(client)
  const told = vi.fn()
  lively.subscribe(told)
  const digest = (channelId: string, w: Writers) => tell("channel:activity", { heads: {}, writers: { [channelId]: w } })
  return { lively, told, tell, digest }
}

describe("how lively a channel is", () => {
  it("grows by people in steps, and is full at seven", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 1000].map(glowOf)).toEqual([0, 1, 2, 2, 3, 3, 3, 4, 4])
  })

  it("shows what is told at once, with up to three others, the newest first", async () => {
    const { lively, tell } = setUp()
    tell("gateway:ready", {
      writers: { "10": writers(7, ["5", 0], ["1", 1], ["6", 2]), "11": writers(1, ["5", 0]) },
    } as never)
    await pass(0)
    expect(lively.get("10")).toMatchObject({ glow: 4, userIds: ["5", "6"] })
    // One person alone is a monologue: warm, without a face.
    expect(lively.get("11")).toMatchObject({ glow: 1, userIds: [] })
    expect(lively.get("12")).toEqual({ glow: 0, userIds: [] })
  })

  it("changes each channel at most every ten seconds, and then to what is true", async () => {
    const { lively, told, digest } = setUp()
    digest("10", writers(2, ["5", 0], ["6", 0]))
    await pass(0)
    digest("10", writers(7, ["7", 0], ["6", 0], ["5", 0]))
    digest("11", writers(1, ["5", 0]))
    await pass(CALM_MS - 1)
    expect([lively.get("10").glow, lively.get("11").glow]).toEqual([2, 1])
    await pass(1)
    expect(lively.get("10").glow).toBe(4)
    for (let i = 0; i < 60; i++) {
      digest("10", writers(2 + (i % 6), ["5", 0], ["6", 0]))
      await pass(1_000)
    }
    expect(told.mock.calls.length).toBeLessThanOrEqual(3 + 6)
  })

  it("fades by itself: those who are known by when they wrote, the nameless evenly", async () => {
    const { lively, digest } = setUp()
    digest("10", writers(7, ["5", 0], ["6", 10 * MINUTE], ["7", 14 * MINUTE]))
    const seen: number[] = []
    for (let i = 0; i < 17; i++) {
      await pass(i === 0 ? 0 : MINUTE)
      seen.push(lively.get("10").glow)
    }
    // Seven, six, five, four of them, two, the last one, nobody.
    expect(seen).toEqual([4, 4, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 0, 0])
    expect(vi.getTimerCount()).toBe(0)
  })

  it("keeps faces where they are as long as the same people write", async () => {
    const { lively, digest } = setUp()
    digest("10", writers(2, ["5", 0], ["6", 0]))
    await pass(0)
    const { userIds } = lively.get("10")
    await pass(CALM_MS)
    digest("10", writers(4, ["6", 0], ["5", 3]))
    await pass(CALM_MS)
    expect(lively.get("10")).toMatchObject({ glow: 3 })
    expect(lively.get("10").userIds).toBe(userIds)
  })

  it("learns of the open channel by its packets, for it is sent no digest", async () => {
    const { lively, tell } = setUp()
    for (let i = 1; i <= 7; i++) tell("channel:changed", [packet(i, message(i, String(10 + i)))])
    await pass(0)
    expect(lively.get("10").glow).toBe(4)
    expect(lively.get("10").userIds).toHaveLength(3)
  })

  it("takes a message that was changed for no new one", async () => {
    const { lively, tell } = setUp()
    tell("channel:changed", [
      packet(5, message(5, "5", { version: 2 }), message(4, "6"), message(5, "7", { reactions: { "👍": 1 } })),
    ])
    await pass(0)
    expect(lively.get("10").glow).toBe(0)
    tell("channel:changed", [packet(6, message(6, "5"))])
    await pass(0)
    // The reaction was taken back: it looks as it did when it was new.
    await pass(14 * MINUTE)
    tell("channel:changed", [packet(6, message(6, "5"))])
    await pass(2 * MINUTE)
    expect(lively.get("10").glow).toBe(0)
  })

  it("remembers a bounded number of people", async () => {
    const { lively, tell } = setUp()
    for (let i = 1; i <= 5_000; i++) {
      vi.setSystemTime(Date.now() + 1)
      tell("channel:changed", [packet(i, message(i, String(10 + i)))])
    }
    await pass(0)
    expect(lively.get("10")).toMatchObject({ glow: 4, userIds: ["5010", "5009", "5008"] })
    expect(lively.size).toBe(16)
    await pass(16 * MINUTE)
    expect(lively.size).toBe(0)
  })

  it("loses nothing when the next connection is to a node that knows less", async () => {
    const { lively, tell, digest } = setUp()
    digest("10", writers(3, ["5", 0], ["6", 0], ["7", 0]))
    await pass(CALM_MS)
    tell("gateway:ready", { writers: { "10": writers(1, ["8", 0]) } } as never)
    await pass(CALM_MS)
    expect(lively.get("10").glow).toBe(3)
  })
})

describe("who has a channel open", () => {
  it("is what was said last, and nothing without a connection or once it is closed", () => {
    const { client, tell, become } = fakeClient()
    const viewers = createViewers(client)
    const told = vi.fn()
    viewers.subscribe(told)
    tell("channel:viewers", { channelId: "10", count: 2, userIds: ["1", "2"] })
    tell("channel:viewers", { channelId: "11", count: 1, userIds: ["1"] })
    become("online")
    expect(viewers.get("10")?.count).toBe(2)
    viewers.forget("11")
    expect(viewers.get("11")).toBeUndefined()
    become("offline")
    expect(viewers.get("10")).toBeUndefined()
    expect(told).toHaveBeenCalledTimes(4)
  })
})

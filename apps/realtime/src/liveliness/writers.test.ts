import type { OutboxRow } from "@hearth/db"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import type { Connection } from "../connection.ts"
import { defaultSizes } from "../timings.ts"
import { createWhoWrites, type WhoWrites } from "./writers.ts"

const MINUTE = 60_000
let now = 0
const guilds = new Map([
  ["10", "5"],
  ["11", "5"],
  ["20", "6"],
])
/** Nodes that hear each other at once, and what was told. */
const network = () => {
  const listeners: { topic: string; hear: (data: unknown) => void }[] = []
  const told: unknown[] = []
  const open = (sizes = {}) => {
    const mine = new Set<unknown>()
    const emitted: unknown[] = []
    const socket = { emit: (...args: unknown[]) => emitted.push(args) }
    const writers = createWhoWrites({
      access: {
        can: (_user, _permission, channelId) => channelId !== "11",
        channelsOf: (guildId) => [...guilds].filter(([, g]) => g === guildId).map(([id]) => id),
        guildOf: (channelId) => guilds.get(channelId),
      },
      connections: { ofUser: () => [{ socket, ended: false } as unknown as Connection] },
      bus: {
        tell: (topic, data) => {
          told.push(data)
          for (const l of listeners) if (l.topic === topic && !mine.has(l.hear)) l.hear(structuredClone(data))
        },
        onTold: (topic, hear) => {
          mine.add(hear)
          listeners.push({ topic, hear })
          return () => {}
        },
      },
      fresh: () => true,
      sizes: { ...defaultSizes, ...sizes },
      clock: () => now,
    })
    return { writers, emitted }
  }
  return { open, told }
}
const row = (guildId: string, userId: string) =>
  ({ kind: "member:left", payload: { guildId, userId }, audience: "node" }) as unknown as OutboxRow
const ids = (writers: WhoWrites, channelId: string) => writers.of([channelId])?.[channelId]?.latest.map((w) => w.userId)

beforeEach(() => {
  vi.useFakeTimers()
  now = 1_000_000_000
})
afterEach(() => void vi.useRealTimers())

describe("who writes", () => {
  test("people are counted once, the newest named first, and each is forgotten 15 minutes after their last word", () => {
    const { writers } = network().open()
    expect(writers.of(["10"])).toBeUndefined()
    for (const id of ["1", "2", "3", "4", "1"]) {
      writers.wrote("10", id)
      now += MINUTE
    }
    expect(writers.of(["10", "11"])).toEqual({
      "10": {
        count: 4,
        latest: [
          { userId: "1", agoMs: MINUTE },
          { userId: "4", agoMs: 2 * MINUTE },
          { userId: "3", agoMs: 3 * MINUTE },
        ],
      },
    })
    now += 13 * MINUTE + 1
    expect(writers.of(["10"])?.["10"]).toMatchObject({ count: 1 })
    now += MINUTE
    expect(writers.of(["10"])).toBeUndefined()
    expect(writers.size).toEqual({ people: 0, channels: 0 })
  })

  test("other nodes know it once it is told, and it is told once", () => {
    const net = network()
    const [a, b] = [net.open().writers, net.open().writers]
    a.wrote("10", "1")
    now += MINUTE
    expect(b.of(["10"])).toBeUndefined()
    a.tell(["10", "11"])
    expect(b.of(["10"])).toEqual(a.of(["10"]))
    b.wrote("10", "2")
    b.tell(["10"])
    expect(a.of(["10"])).toEqual(b.of(["10"]))
    expect(ids(a, "10")).toEqual(["2", "1"])
    a.tell(["10"])
    expect(net.told).toHaveLength(2)
  })

  test("a node that has just begun asks, and one of the others answers for all", () => {
    const net = network()
    const old = [net.open().writers, net.open().writers, net.open().writers]
    for (let i = 0; i < 600; i++) old[0]?.wrote(String(1_000 + i), "1")
    old[0]?.tell(Array.from({ length: 600 }, (_, i) => String(1_000 + i)))
    now += MINUTE
    const fresh = net.open().writers
    const before = net.told.length
    fresh.ask()
    vi.advanceTimersByTime(1_000)
    expect(fresh.size).toEqual({ people: 600, channels: 600 })
    expect(fresh.of(["1000"])).toEqual({ "1000": { count: 1, latest: [{ userId: "1", agoMs: MINUTE }] } })
    // The question, and one answer in two parts.
    expect(net.told.length - before).toBe(3)
  })

  test("memory is bounded: of a channel by its newest people, of all by the channels that moved last", () => {
    const { writers } = network().open({ writersOfChannel: 3, writers: 5 })
    for (const id of ["1", "2", "3", "4"]) writers.wrote("10", id)
    expect(writers.of(["10"])?.["10"]?.count).toBe(3)
    expect(ids(writers, "10")).toEqual(["4", "3", "2"])
    for (const id of ["1", "2"]) writers.wrote("11", id)
    writers.wrote("10", "2")
    expect(writers.size).toEqual({ people: 5, channels: 2 })
    writers.wrote("20", "9")
    expect([ids(writers, "10"), ids(writers, "11"), ids(writers, "20")]).toEqual([["2", "4", "3"], undefined, ["9"]])
    expect(writers.size).toEqual({ people: 4, channels: 2 })
  })

  test("what nobody asks for goes as well, when its time is over", () => {
    const { writers } = network().open()
    for (let i = 0; i < 50; i++) writers.wrote(String(100 + i), "1")
    now += 16 * MINUTE
    writers.wrote("10", "1")
    expect(writers.size).toEqual({ people: 1, channels: 1 })
  })

  test("who left a server is named no more in its channels, nor where nobody here knows whose the channel is", () => {
    const { writers } = network().open()
    for (const channelId of ["10", "20", "77"]) for (const id of ["1", "2"]) writers.wrote(channelId, id)
    writers.changed?.(row("5", "1"))
    expect([ids(writers, "10"), ids(writers, "20"), ids(writers, "77")]).toEqual([["2"], ["2", "1"], ["2"]])
  })

  test("who left before it was told is not told", () => {
    const net = network()
    const [a, b] = [net.open().writers, net.open().writers]
    a.wrote("10", "1")
    a.wrote("10", "2")
    a.changed?.(row("5", "1"))
    a.tell(["10"])
    expect(ids(b, "10")).toEqual(["2"])
  })

  test("who comes into a server hears where people are, of the channels that they may view", () => {
    const { writers, emitted } = network().open()
    writers.membershipChanged?.("9", "5")
    expect(emitted).toEqual([])
    for (const channelId of ["10", "11", "20"]) writers.wrote(channelId, "1")
    writers.membershipChanged?.("9", "5")
    expect(emitted).toEqual([
      ["channel:activity", { heads: {}, writers: { "10": { count: 1, latest: [{ userId: "1", agoMs: 0 }] } } }],
    ])
  })
})

import { expect, test } from "vitest"
import { asUnitCosts, assumptions, nodeCores, redisCores, scale, type UnitCosts, unitCosts } from "./scale-model.ts"

const free = Object.fromEntries(Object.keys(unitCosts).map((name) => [name, 0])) as UnitCosts
const costs = (some: Partial<UnitCosts>): UnitCosts => ({ ...free, ...some })
/** Numbers that one can reckon with in one's head. */
const round = { ...assumptions, people: 60_000, devices: 1, changingAMinute: 0.01, rows: 20, sessionMinutes: 10 }

test("packets follow what is on screens, not how large servers are", () => {
  const { changes, packets, gigabits } = scale(costs({ packetBytes: 55 }), round)
  expect(changes).toBe(10)
  expect(packets).toBe(200)
  expect(gigabits).toBeCloseTo((200 * 125 * 8) / 1e9)
  expect(scale(free, { ...round, server: 100 }).packets).toBe(200)
  expect(scale(free, { ...round, server: 50_000 }).broadcastPackets).toBe(500_000)
})

test("a node pays for its own connections and packets, and for the bells of all", () => {
  const cell = { people: 60_000, connections: 60_000, nodes: 2 }
  const us = (some: Partial<UnitCosts>) => nodeCores(cell, costs(some), round).us
  expect(us({ idleNodeUs: 2 }).resting).toBe(60_000)
  // 60,000 connections of ten minutes: 100 a second, half of them here.
  expect(us({ connectNodeMs: 3 }).opening).toBe(150_000)
  expect(us({ packetNodeUs: 10 }).packets).toBe(1000)
  // Ten changes a second, each a bell; half of them are another node's.
  expect(us({ bellNodeUs: 50 }).bells).toBe(250)
  expect(us({ bellPersonNodeUs: 4 }).bells).toBe(20)
})

test("Redis hands each bell to every node of its cell", () => {
  const us = (nodes: number) =>
    redisCores({ people: 60_000, connections: 60_000, nodes }, costs({ redisBellUs: 5, redisReaderUs: 3 }), round).us
  expect(us(2).ringing).toBe(10 * (5 + 6))
  expect(us(20).ringing).toBe(10 * (5 + 60))
})

test("a node sweeps those whom it shows a part each second, with one question, or more when they are many", () => {
  const sweeping = (people: number, some: Partial<UnitCosts>) =>
    redisCores({ people, connections: people, nodes: 2 }, costs(some), { ...round, rows: 1_000 }).us.sweeping
  // All of them are on a screen of each node: 20 in a second, and 2,000.
  expect(sweeping(600, { redisReadPersonUs: 3 })).toBeCloseTo(2 * 20 * 3)
  expect(sweeping(600, { redisReadUs: 50 })).toBe(2 * 50)
  expect(sweeping(60_000, { redisReadUs: 50 })).toBeCloseTo(2 * 4 * 50)
})

test("memory decides how many nodes it takes where nothing else does", () => {
  const u = costs({ kbPerConnection: 20, kbPerWatchedRow: 0.5 })
  const { nodesACell, cells } = scale(u, { ...round, nodeGb: (20_000 * 30) / 1024 / 1024 })
  expect([cells, nodesACell]).toEqual([1, 3])
})

test("where one Redis does not bear it there are more, each with a part of the people", () => {
  // A screen a second and thousand people, 100 µs each: 0.1 of a core for all.
  const watching = costs({ redisReadUs: 100 })
  const a = { ...round, watchesAMinute: 1 }
  expect(scale(watching, { ...a, headroom: 0.11 }).cells).toBe(1)
  const { cells, redis } = scale(watching, { ...a, headroom: 0.06 })
  expect(cells).toBe(2)
  expect(redis.cores).toBeLessThanOrEqual(0.06)
})

test("a cost that was not measured is no cost of nothing", () => {
  const { packetNodeUs: _, ...some } = free
  expect(() => asUnitCosts(some)).toThrow("packetNodeUs")
  expect(() => asUnitCosts({ ...free, packetNodeUs: Number.NaN })).toThrow("packetNodeUs")
  expect(asUnitCosts(free)).toEqual(free)
})

import { testDatabase, testRedis } from "@hearth/testing"
import { afterAll, expect, test, vi } from "vitest"
import { Report } from "../report.ts"
import { measurePresence } from "./run.ts"

afterAll(() => vi.restoreAllMocks())

test("a small run measures every cost, and finds as many packets as people watch", async () => {
  await using database = await testDatabase()
  await using redis = await testRedis()
  vi.spyOn(console, "error").mockImplementation(() => {})
  const report = new Report({})
  const parts = { databaseUrl: database.url, redisUrl: redis.url, prefix: redis.prefix }
  const sizes = [{ members: 400, connected: 12 }]
  const { units } = await measurePresence(parts, sizes, { seconds: 1, rows: 10, watchers: 5 }, report)
  expect(report.warnings).toEqual([])
  const rows = new Map(report.rows.map(({ mode, name, value }) => [`${mode}: ${name}`, value]))
  const value = (name: string) => rows.get(name)
  expect(value("cluster: packets, one of 400 members changes, 5 watch")).toBe(5)
  expect(value("cluster: packets, one of 400 members changes, 12 watch")).toBe(12)
  expect(value("baseline: packets a change, 400 members")).toBe(12)
  expect(value("cluster: Redis operations a change, 400 members")).toBeDefined()
  expect(units.packetBytes).toBeGreaterThan(20)
}, 240_000)

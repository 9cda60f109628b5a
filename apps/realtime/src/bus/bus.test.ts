import { describe, expect, test } from "vitest"
import { describeBus, openBusNode } from "./contract.ts"
import { createMemoryBus } from "./memory.ts"
import { redisBusDefaults } from "./redis.ts"
import { compareIds, field, idAfter, readInfo } from "./stream.ts"

describeBus("in memory", async () => [await openBusNode("only", createMemoryBus())])

describe("stream ids", () => {
  test("are ordered by time, then by number", () => {
    const ids = ["10-0", "9-5", "10-11", "10-2"]
    expect(ids.toSorted(compareIds)).toEqual(["9-5", "10-0", "10-2", "10-11"])
    expect(compareIds("10-2", "10-2")).toBe(0)
    expect(compareIds(idAfter("1732000000000-9"), "1732000000000-9")).toBeGreaterThan(0)
  })

  test("what Redis says of a stream is read in both of its forms", () => {
    const said = { last: "9-1", first: "3-0" }
    expect(readInfo(["last-generated-id", "9-1", "first-entry", ["3-0", ["a", "b"]]])).toEqual(said)
    expect(readInfo({ "last-generated-id": "9-1", "first-entry": ["3-0", ["a", "b"]] })).toEqual(said)
    expect(readInfo(["last-generated-id", "9-1", "first-entry", null])).toEqual({ last: "9-1", first: null })
    expect(field(["a", "b", "b", "c"], "b")).toBe("c")
    expect(field(["a", "b"], "b")).toBeUndefined()
  })
})

test("[P8] the real figures: probes every 5 s, commands for half a second", () => {
  expect(redisBusDefaults).toMatchObject({ probeMs: 5_000, commandTimeoutMs: 500, maxLen: 60_000 })
})

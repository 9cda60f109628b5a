import type { Chosen, Shown } from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { silentLogger } from "../logger.ts"
import type { Registration } from "../shared-state/registration.ts"
import { createMemoryState } from "../shared-state/memory.ts"
import { createReports } from "./reports.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const GRACE = 10_000
const setUp = async () => {
  const node = { id: "n", epoch: "e", address: "" }
  const sharedState = createMemoryState({ clock: () => 0 })
  await sharedState.register(node)
  const registration = { node: () => node, healthy: () => true, onRegistered: () => () => {}, onHealth: () => () => {} }
  /** What the shared state was told, in order. */
  const said: Shown[] = []
  const seen: Shown[] = []
  /** Whether they are connected, and how they are over all nodes when not. */
  const known: (true | Shown)[] = []
  /** What comes before the shared state takes anything in. */
  const way = { to: async (): Promise<void> => {} }
  const reports = createReports({
    sharedState: {
      ...sharedState,
      setPresence: async (of, userId, presence) => {
        await way.to()
        said.push(presence)
        return sharedState.setPresence(of, userId, presence)
      },
    },
    registration: registration as unknown as Registration,
    graceMs: GRACE,
    moved: () => {},
    isNow: (_userId, shown) => void (shown !== seen.at(-1) && seen.push(shown)),
    isHere: () => void known.push(true),
    isGone: (_userId, overall) => void known.push(overall),
    log: silentLogger(),
  })
  const chose = (state: Chosen, version = 1) => ({ state, version })
  return { reports, said, seen, known, way, chose, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

describe("what a node's connections report", () => {
  it("is what was chosen, whatever the devices say, until it is chosen otherwise", async () => {
    const { reports, said, chose, pass } = await setUp()
    reports.report("1", "desk", "online", chose("online", 0))
    reports.report("1", "phone", "idle", chose("dnd"))
    await pass(0)
    reports.choose("1", chose("idle", 2))
    await pass(0)
    reports.report("1", "desk", "online", chose("idle", 2))
    await pass(0)
    reports.choose("1", chose("online", 3))
    await pass(0)
    expect(said).toEqual(["online", "dnd", "idle", "online"])
  })

  it("is known to be connected until the last device has gone, seen or not", async () => {
    for (const state of ["online", "invisible"] as const) {
      const { reports, known, chose, pass } = await setUp()
      for (const device of ["desk", "phone"]) reports.report("1", device, "online", chose(state))
      await pass(0)
      reports.leave("1", "desk")
      await pass(GRACE)
      expect(new Set(known)).toEqual(new Set([true]))
      reports.leave("1", "phone")
      await pass(GRACE)
      expect(known.at(-1)).toBe("offline")
    }
  })

  it("is connected while the shared state is away, and gone only when that has taken it in", async () => {
    const { reports, known, way, chose, pass } = await setUp()
    way.to = () => Promise.reject(new Error("away"))
    reports.report("1", "desk", "online", chose("online"))
    await pass(0)
    expect(known).toEqual([true])
    reports.leave("1", "desk")
    await pass(GRACE)
    expect(known).not.toContain("offline")
    way.to = async () => {}
    await pass(1000)
    expect(known.at(-1)).toBe("offline")
  })

  it("says nothing of somebody invisible but that they are not here, and knows nothing of them either", async () => {
    const { reports, said, chose, pass } = await setUp()
    for (const presence of ["online", "idle", "dnd"] as const) {
      reports.report("1", "desk", presence, chose("invisible"))
      await pass(0)
      expect(reports.of("1")).toBeUndefined()
    }
    reports.leave("1", "desk")
    await pass(GRACE)
    expect(said).toEqual(["offline"])
  })

  it("lets who becomes invisible stay as they were for the grace, as if their device had gone", async () => {
    const { reports, said, chose, pass } = await setUp()
    reports.report("1", "desk", "online", chose("online", 0))
    await pass(0)
    reports.choose("1", chose("invisible"))
    await pass(GRACE / 2)
    reports.report("1", "desk", "idle", chose("invisible"))
    reports.report("1", "phone", "online", chose("invisible"))
    expect(reports.of("1")).toBe("online")
    await pass(GRACE / 2 - 1)
    expect(said).toEqual(["online"])
    await pass(1)
    expect(said).toEqual(["online", "offline"])
    expect(reports.of("1")).toBeUndefined()
    reports.choose("1", chose("online", 2))
    await pass(0)
    expect(said.at(-1)).toBe("online")
  })

  it("takes it back when one is invisible for a moment only", async () => {
    const { reports, said, chose, pass } = await setUp()
    reports.report("1", "desk", "online", chose("online", 0))
    await pass(0)
    reports.choose("1", chose("invisible"))
    await pass(GRACE - 1)
    reports.choose("1", chose("online", 2))
    await pass(2 * GRACE)
    expect(said).toEqual(["online"])
  })

  it("forgets nobody who leaves while they fade: in the end they are not here", async () => {
    const { reports, said, chose, pass } = await setUp()
    reports.report("1", "desk", "online", chose("online", 0))
    await pass(0)
    reports.leave("1", "desk")
    await pass(GRACE / 2)
    reports.choose("1", chose("invisible"))
    await pass(GRACE)
    expect(said).toEqual(["online", "offline"])
  })

  it("is of phones alone only while no desk is in use, and what was chosen holds on phones too", async () => {
    const { reports, said, chose, pass } = await setUp()
    reports.report("1", "phone", "phone", chose("online", 0))
    await pass(0)
    reports.report("1", "desk", "online", chose("online", 0))
    await pass(0)
    reports.leave("1", "desk")
    await pass(GRACE)
    reports.choose("1", chose("dnd"))
    await pass(0)
    reports.choose("1", chose("invisible", 2))
    await pass(GRACE)
    reports.report("1", "phone", "phone", chose("invisible", 2))
    await pass(0)
    expect(reports.of("1")).toBeUndefined()
    expect(said).toEqual(["phone", "online", "phone", "dnd", "offline"])
  })

  it("is not changed by a choice that is older than the last", async () => {
    const { reports, said, chose, pass } = await setUp()
    reports.report("1", "desk", "online", chose("invisible", 5))
    reports.choose("1", chose("online", 4))
    reports.report("1", "phone", "online", chose("online", 5))
    await pass(2 * GRACE)
    expect(said).toEqual(["offline"])
  })

  it("says at once who is active, also while the shared state is away or does not answer", async () => {
    for (const to of [() => Promise.reject(new Error("away")), () => new Promise<void>(() => {})]) {
      const { reports, said, seen, way, chose, pass } = await setUp()
      reports.report("1", "desk", "online", chose("online", 0))
      await pass(0)
      way.to = to
      reports.report("1", "desk", "idle", chose("online", 0))
      await pass(0)
      reports.report("1", "desk", "online", chose("online", 0))
      await pass(0)
      reports.choose("1", chose("invisible"))
      await pass(GRACE - 1)
      expect(seen).toEqual(["online", "idle", "online"])
      await pass(1)
      reports.report("1", "desk", "online", chose("invisible"))
      await pass(0)
      expect(seen).toEqual(["online", "idle", "online", "offline"])
      expect(said).toEqual(["online"])
      reports.close()
    }
  })
})

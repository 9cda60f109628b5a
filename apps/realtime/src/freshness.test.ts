import { afterEach, describe, expect, it } from "vitest"
import { type Freshness, watchFreshness } from "./freshness.ts"
import { defaultTimings } from "./timings.ts"

const open: Freshness[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** A watch whose clocks move by hand; the timer of its own is too slow to matter here. */
const watch = () => {
  let now = 1_000_000
  let turned = 0
  const heard: string[] = []
  const timings = { ...defaultTimings, stall: 1_000, freshness: 30_000 }
  const clock = () => now
  const wall = () => now + turned
  const freshness = watchFreshness(timings, clock, wall, {
    stall: () => heard.push("stall"),
    stale: () => heard.push("stale"),
    fresh: (after) => heard.push(`fresh after ${after}`),
  })
  open.push(freshness)
  return {
    heard,
    freshness,
    /** In steps that are no stall. */
    passes: (ms: number) => {
      for (let left = ms; left > 0; left -= 900) {
        now += Math.min(900, left)
        freshness.beat()
      }
    },
    sleeps: (ms: number) => {
      now += ms
      freshness.beat()
    },
    polls: () => freshness.confirmed(now),
    /** The wall clock, by so much, while nothing else happens. */
    turns: (ms: number) => {
      turned += ms
    },
  }
}

describe("freshness", () => {
  it("holds from the first poll on, and as long as polls come back", () => {
    const node = watch()
    expect(node.freshness.ok()).toBe(false)
    node.polls()
    node.passes(29_000)
    expect(node.freshness.ok()).toBe(true)
    node.passes(2_000)
    expect(node.freshness.ok()).toBe(false)
    expect(node.heard).toEqual(["fresh after start", "stale"])
  })
  it("ends with a stall until a poll that was sent after it", () => {
    const node = watch()
    node.polls()
    node.sleeps(2_000)
    expect(node.freshness.ok()).toBe(false)
    node.polls()
    expect(node.freshness.ok()).toBe(true)
    expect(node.heard).toEqual(["fresh after start", "stall", "fresh after stall"])
  })
  it("becomes stale when no poll follows a stall, so that sockets are sent to a node that can deliver", () => {
    const node = watch()
    node.polls()
    node.sleeps(40_000)
    node.passes(29_000)
    expect(node.heard).toEqual(["fresh after start", "stall"])
    node.passes(2_000)
    expect(node.heard).toEqual(["fresh after start", "stall", "stale"])
  })
  it("is not longer than it is because a clock was an hour ahead and came back", () => {
    const node = watch()
    node.turns(3_600_000)
    node.polls()
    node.turns(-3_600_000)
    node.polls()
    expect(node.freshness.ok()).toBe(true)
    node.passes(31_000)
    expect(node.freshness.ok()).toBe(false)
    expect(node.heard.at(-1)).toBe("stale")
  })
  it("takes a jump of the wall clock for a stall, whichever way: a machine that slept may not have counted the time", () => {
    for (const ms of [30_000, -30_000]) {
      const node = watch()
      node.polls()
      node.turns(ms)
      expect(node.freshness.ok()).toBe(false)
      node.polls()
      expect(node.freshness.ok()).toBe(true)
      expect(node.heard).toEqual(["fresh after start", "stall", "fresh after stall"])
    }
  })
  it("does not mind a clock that is steered a little", () => {
    const node = watch()
    node.polls()
    for (let i = 0; i < 100; i++) {
      node.turns(50)
      node.passes(100)
    }
    expect(node.freshness.ok()).toBe(true)
  })
})

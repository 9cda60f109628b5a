import { afterEach, describe, expect, it } from "vitest"
import { type Freshness, watchFreshness } from "./freshness.ts"
import { defaultTimings } from "./timings.ts"

const open: Freshness[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** A watch whose clock moves by hand; the timer of its own is too slow to matter here. */
const watch = () => {
  let now = 1_000_000
  const heard: string[] = []
  const freshness = watchFreshness({ ...defaultTimings, stall: 1_000, freshness: 30_000 }, () => now, {
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
})

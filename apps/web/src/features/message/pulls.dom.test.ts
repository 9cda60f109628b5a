import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createPulls } from "./pulls.ts"

const CHANNEL = "10"
let visible: DocumentVisibilityState
let open: Set<string>
let asked: string[]
let pulls: ReturnType<typeof createPulls>

beforeEach(() => {
  vi.useFakeTimers()
  visible = "visible"
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visible)
  open = new Set([CHANNEL])
  asked = []
  pulls = createPulls(
    (channelId) => {
      if (open.has(channelId)) asked.push(channelId)
      return open.has(channelId)
    },
    () => 0.5,
  )
})
afterEach(() => {
  pulls.stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const look = (state: DocumentVisibilityState) => {
  visible = state
  document.dispatchEvent(new Event("visibilitychange"))
}

it("asks every so often, and a quarter sooner or later, so that not all ask together [4.10]", () => {
  pulls.told({ channelId: CHANNEL, everyMs: 2_000 })
  vi.advanceTimersByTime(6_000)
  expect(asked).toHaveLength(3)
  for (const [random, first] of [
    [0, 1_500],
    [1, 2_500],
  ] as const) {
    const times: number[] = []
    const began = Date.now()
    const other = createPulls(
      () => {
        times.push(Date.now() - began)
        return true
      },
      () => random,
    )
    other.told({ channelId: CHANNEL, everyMs: 2_000 })
    vi.advanceTimersByTime(2_600)
    expect(times[0]).toBe(first)
    other.stop()
  }
})

it("asks nothing while nobody looks, and at once when somebody does again", () => {
  pulls.told({ channelId: CHANNEL, everyMs: 2_000 })
  look("hidden")
  vi.advanceTimersByTime(20_000)
  expect(asked).toEqual([])
  look("visible")
  expect(asked).toEqual([CHANNEL])
  vi.advanceTimersByTime(2_000)
  expect(asked).toHaveLength(2)
})

it("asks once more when it is pushed again, and then no more", () => {
  pulls.told({ channelId: CHANNEL, everyMs: 2_000 })
  pulls.told({ channelId: CHANNEL, everyMs: null })
  vi.advanceTimersByTime(20_000)
  expect(asked).toEqual([CHANNEL])
})

it("asks the last time at once when somebody looks again, and no more after it", () => {
  pulls.told({ channelId: CHANNEL, everyMs: 2_000 })
  look("hidden")
  pulls.told({ channelId: CHANNEL, everyMs: null })
  look("visible")
  expect(asked).toEqual([CHANNEL])
  vi.advanceTimersByTime(20_000)
  expect(asked).toEqual([CHANNEL])
})

it("asks for nothing that is closed, or was told of on a connection that ended", () => {
  pulls.told({ channelId: CHANNEL, everyMs: 2_000 })
  open.clear()
  vi.advanceTimersByTime(4_000)
  open.add(CHANNEL)
  vi.advanceTimersByTime(4_000)
  expect(asked).toEqual([])

  pulls.told({ channelId: CHANNEL, everyMs: 2_000 })
  pulls.offline()
  vi.advanceTimersByTime(4_000)
  pulls.told({ channelId: CHANNEL, everyMs: 2_000 })
  pulls.forget(CHANNEL)
  vi.advanceTimersByTime(4_000)
  expect(asked).toEqual([])
})

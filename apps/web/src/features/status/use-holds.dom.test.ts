import { act, cleanup, renderHook } from "@testing-library/react"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { useHolds } from "./use-holds.ts"

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

test("holds until its time, and not a moment longer", async () => {
  const { result, rerender } = renderHook(({ until }) => useHolds(until), { initialProps: { until: 1_060_000 } })
  await pass(59_999)
  expect(result.current).toBe(true)
  await pass(1)
  expect(result.current).toBe(false)
  rerender({ until: Date.now() + 1_000 })
  expect(result.current).toBe(true)
  await pass(1_000)
  expect(result.current).toBe(false)
})

test("what has no end is not waited for, and what is far away is waited for in steps", async () => {
  const { result, rerender } = renderHook(({ until }) => useHolds(until), {
    initialProps: { until: Number.POSITIVE_INFINITY },
  })
  expect(vi.getTimerCount()).toBe(0)
  const until = Date.now() + 2 ** 31 + 5_000
  rerender({ until })
  await pass(2 ** 31 + 4_000)
  expect(result.current).toBe(true)
  await pass(1_000)
  expect(result.current).toBe(false)
})

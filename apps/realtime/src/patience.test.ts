import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { createPatience } from "./patience.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const waiting = () => {
  const giveUp = vi.fn()
  return { giveUp, patience: createPatience({ signMs: 500, allMs: 2000 }, giveUp) }
}

test("without a sign it gives up early", () => {
  const { giveUp } = waiting()
  vi.advanceTimersByTime(499)
  expect(giveUp).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(giveUp).toHaveBeenCalledTimes(1)
})

test("with one it waits on, so long in all, however often it is given", () => {
  const { giveUp, patience } = waiting()
  vi.advanceTimersByTime(400)
  patience.sign()
  vi.advanceTimersByTime(1000)
  patience.sign()
  vi.advanceTimersByTime(599)
  expect(giveUp).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(giveUp).toHaveBeenCalledTimes(1)
})

test("what came to its end is not given up, whatever is heard afterwards", () => {
  const { giveUp, patience } = waiting()
  patience.end()
  patience.sign()
  vi.advanceTimersByTime(10_000)
  expect(giveUp).not.toHaveBeenCalled()
})

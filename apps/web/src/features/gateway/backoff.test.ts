import { expect, test } from "vitest"
import { backoff, comeBackIn } from "./backoff.ts"

const longest = { random: () => 1 }
const attempts = Array.from({ length: 12 }, (_, i) => i)

test("the ceiling doubles from half a second to half a minute, and any part of it may be waited", () => {
  expect(attempts.slice(0, 8).map((i) => backoff(i, longest))).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
  expect(backoff(9, { random: () => 0 })).toBe(0)
})

test("whoever was told when to come back does so within 5 s, however often it failed", () => {
  const waits = attempts.map((i) => comeBackIn({ retryAfterMs: 500 }, i, longest))
  expect(Math.max(...waits)).toBe(5000)
  expect(comeBackIn({ retryAfterMs: 500 }, 9, { random: () => 0 })).toBe(500)
  expect(comeBackIn({ retryAfterMs: 60_000 }, 0, longest)).toBe(60_000)
})

test("without a word it is waited for as long as ever", () => {
  expect(comeBackIn({}, 9, longest)).toBe(30_000)
})

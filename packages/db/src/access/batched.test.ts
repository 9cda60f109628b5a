import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { batched } from "./batched.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test("who comes alone is asked for at once; a crowd that trickles in is asked for together", async () => {
  const asked: number[][] = []
  let answer: () => void = () => {}
  const ask = batched(async (items: number[]) => {
    asked.push(items)
    await new Promise<void>((resolve) => (answer = resolve))
    return items.map((item) => item * 2)
  })
  const first = ask(1)
  expect(asked).toEqual([[1]])
  const second = ask(2)
  answer()
  expect(await first).toBe(2)
  // It rests, for those who come a moment later.
  await vi.advanceTimersByTimeAsync(5)
  expect(asked).toHaveLength(1)
  const third = ask(3)
  await vi.advanceTimersByTimeAsync(10)
  expect(asked[1]).toEqual([2, 3])
  answer()
  expect(await Promise.all([second, third])).toEqual([4, 6])
})

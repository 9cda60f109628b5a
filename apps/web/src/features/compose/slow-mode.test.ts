import { expect, it } from "vitest"
import { countdown, createTurn, nextTurn } from "./slow-mode.ts"

it("one's turn comes a whole time after one's last message, whatever the clocks say", () => {
  expect(nextTurn(10, undefined, 5000)).toBe(0)
  expect(nextTurn(10, 5000, 5300)).toBe(15_000)
  expect(nextTurn(10, 90_000, 5300)).toBe(15_300)
})

it("counts down as clocks do", () => {
  expect([0, 1, 9000, 61_500, 3_723_000].map(countdown)).toEqual(["0:00", "0:01", "0:09", "1:02", "1:02:03"])
})

it("one's turn stays what it is until one has written again", () => {
  let [lastAt, now]: [number | undefined, number] = [undefined, 1000]
  const turn = createTurn(
    10,
    () => lastAt,
    () => now,
  )
  expect(turn()).toBe(0)
  ;[lastAt, now] = [2000, 1500]
  expect(turn()).toBe(11_500)
  now = 9000
  expect(turn()).toBe(11_500)
})

import { expect, it } from "vitest"
import { lengthOf } from "./lengths.ts"

it("writes lengths in the largest unit that they are whole in", () => {
  expect([1, 30, 60, 90, 600, 3600, 21_600].map((s) => lengthOf(s, "en"))).toEqual([
    "1 second",
    "30 seconds",
    "1 minute",
    "90 seconds",
    "10 minutes",
    "1 hour",
    "6 hours",
  ])
  expect(lengthOf(120, "de")).toBe("2 Minuten")
})

import { expect, it } from "vitest"
import { msOf } from "./spans.ts"

it("lasts as long as it says, today until midnight by the reader's calendar", () => {
  const now = new Date(2026, 10, 27, 22, 30).getTime()
  expect(msOf("half", now)).toBe(1_800_000)
  expect(msOf("hour", now)).toBe(3_600_000)
  expect(msOf("hours", now)).toBe(14_400_000)
  expect(msOf("never", now)).toBeUndefined()
  expect(msOf("today", now)).toBe(5_400_000)
})

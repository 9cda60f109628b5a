import { expect, it } from "vitest"
import { fromField, inAnHour, mondayMorning, toField, tomorrowMorning } from "./moments.ts"

const at = (text: string) => new Date(text).getTime()

it("comes back in an hour, or tomorrow at nine, also over the end of a month", () => {
  expect(inAnHour(at("2026-11-26T23:30"))).toBe(at("2026-11-27T00:30"))
  expect(tomorrowMorning(at("2026-11-30T00:10"))).toBe(at("2026-12-01T09:00"))
  expect(tomorrowMorning(at("2026-12-31T23:59:59"))).toBe(at("2027-01-01T09:00"))
})

it("is sent on the next Monday at nine, on a Monday in a week", () => {
  expect(mondayMorning(at("2026-11-26T14:00"))).toBe(at("2026-11-30T09:00"))
  expect(mondayMorning(at("2026-11-29T23:59"))).toBe(at("2026-11-30T09:00"))
  expect(mondayMorning(at("2026-11-30T00:00"))).toBe(at("2026-12-07T09:00"))
})

it("reads a day and a time as the reader's own, and what is over not at all", () => {
  const now = at("2026-11-26T14:05:30")
  expect(toField(now)).toBe("2026-11-26T14:05")
  expect(fromField("2026-11-26T14:06", now)).toBe(at("2026-11-26T14:06"))
  for (const nothing of ["2026-11-26T14:05", "2025-01-01T10:00", "", "soon"]) expect(fromField(nothing, now)).toBeNull()
})

import { describe, expect, it } from "vitest"
import { dayName } from "../features/message/times.ts"
import { formatsOf } from "./formats.ts"

const at = (day: number, year = 2026) => new Date(year, 10, day, 14, 5).getTime()

describe("times and numbers", () => {
  it.each([
    ["en", "14:05", "Monday, 23 November 2026 at 14:05", "23 November 2026", "1,234"],
    ["de", "14:05", "Montag, 23. November 2026 um 14:05", "23. November 2026", "1.234"],
  ])("are written as in %s", (locale, clock, full, date, number) => {
    const formats = formatsOf(locale)
    expect(formats.clock(at(23))).toBe(clock)
    expect(formats.full(at(23))).toBe(full)
    expect(formats.date(at(23))).toBe(date)
    expect(formats.number(1234)).toBe(number)
  })

  it("name a day by its distance, and its year when it is another", () => {
    const day = (locale: string, ms: number) => dayName(ms, formatsOf(locale), at(23))
    expect(day("en", at(23))).toEqual({ near: "today", date: "Monday 23 November" })
    expect(day("de", at(22))).toEqual({ near: "yesterday", date: "Sonntag, 22. November" })
    expect(day("en", at(21))).toEqual({ near: null, date: "Saturday 21 November" })
    expect(day("de", at(21, 2025))).toEqual({ near: null, date: "Freitag, 21. November 2025" })
  })
})

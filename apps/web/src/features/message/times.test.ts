import { expect, it } from "vitest"
import { formatsOf } from "../../i18n/formats.ts"
import { sinceText } from "./times.ts"

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 14).getTime()

it("since when there is something new is an hour on the same day, and a day and an hour on another", () => {
  const en = formatsOf("en")
  expect(sinceText(at(26, 9), at(26, 20), en)).toBe("09:14")
  expect(sinceText(at(24, 20), at(26, 9), en)).toMatch(/^Tuesday.* 24 November.*, 20:14$/)
  expect(sinceText(at(24, 20), at(26, 9), formatsOf("de"))).toMatch(/^Dienstag, 24. November.*, 20:14$/)
})

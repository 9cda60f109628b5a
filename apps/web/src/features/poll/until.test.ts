import { expect, it } from "vitest"
import { formatsOf } from "../../i18n/formats.ts"
import { untilThen } from "./until.ts"

const HOUR = 3_600_000

it.each([
  [1, "in 1 minute", "in 1 Minute"],
  [59 * 60_000 + 1, "in 60 minutes", "in 60 Minuten"],
  [2 * HOUR, "in 2 hours", "in 2 Stunden"],
  [23.5 * HOUR, "in 24 hours", "in 24 Stunden"],
  [48 * HOUR, "in 2 days", "übermorgen"],
  [168 * HOUR, "in 7 days", "in 7 Tagen"],
])("in %d ms: %s", (ms, en, de) => {
  expect([untilThen(ms, formatsOf("en")), untilThen(ms, formatsOf("de"))]).toEqual([en, de])
})

import { describe, expect, it } from "vitest"
import { de } from "../../../messages/de/index.ts"
import { en } from "../../../messages/en/index.ts"
import { formatsOf } from "../../i18n/formats.ts"
import { when } from "./when.ts"

const NOW = Date.UTC(2026, 10, 23, 12)
const H = 3_600_000

describe("when something is or was", () => {
  it.each([
    [NOW - 5_000, "just now", "gerade eben"],
    [NOW + 5_000, "in a minute", "in einer Minute"],
    [NOW - 3 * 60_000, "3 minutes ago", "vor 3 Minuten"],
    [NOW + 3.5 * H, "in 3 hours", "in 3 Stunden"],
    [NOW - 25 * H, "yesterday", "gestern"],
    [NOW + 7 * 24 * H, "in 7 days", "in 7 Tagen"],
    [NOW - 60 * 24 * H, "24 September 2026", "24. September 2026"],
  ])("%d is %s", (at, said, gesagt) => {
    expect(when(at, formatsOf("en"), en.common.when, NOW)).toBe(said)
    expect(when(at, formatsOf("de"), de.common.when, NOW)).toBe(gesagt)
  })
})

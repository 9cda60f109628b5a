import { describe, expect, it } from "vitest"
import { when } from "./when.ts"

const NOW = Date.UTC(2026, 10, 23, 12)
const H = 3_600_000

describe("when something is or was", () => {
  it.each([
    [NOW - 5_000, "just now"],
    [NOW + 5_000, "in a minute"],
    [NOW - 3 * 60_000, "3 minutes ago"],
    [NOW + 3.5 * H, "in 3 hours"],
    [NOW - 25 * H, "yesterday"],
    [NOW + 7 * 24 * H, "in 7 days"],
    [NOW - 60 * 24 * H, "September 24, 2026"],
  ])("%d is %s", (at, said) => expect(when(at, NOW)).toBe(said))
})

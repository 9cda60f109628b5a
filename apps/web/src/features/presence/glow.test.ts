import { describe, expect, it } from "vitest"
import { createGlow, glowOf } from "./glow.ts"

describe("glow", () => {
  it("grows in steps, and is full at seven", () => {
    expect([0, 1, 2, 3, 5, 7, 1000].map(glowOf)).toEqual([0, 1, 2, 2, 3, 4, 4])
  })

  it("counts what moved while one was here, and fades after 15 minutes", () => {
    let heads: Record<string, number> = { a: 100, b: 5 }
    let time = 0
    let told = 0
    const glow = createGlow(
      () => heads,
      () => time,
    )
    glow.subscribe(() => told++)
    glow.look()
    glow.settle()
    expect([glow.get("a"), told]).toEqual([0, 0])

    heads = { a: 103, b: 5, c: 9 }
    glow.look()
    expect(glow.get("a")).toBe(0)
    glow.settle()
    expect([glow.get("a"), glow.get("b"), glow.get("c"), told]).toEqual([2, 0, 0, 1])

    glow.settle()
    expect(told).toBe(1)

    time = 15 * 60_000 + 1
    glow.settle()
    expect([glow.get("a"), told]).toEqual([0, 2])
  })
})

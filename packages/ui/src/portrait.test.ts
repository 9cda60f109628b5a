import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { drawPortrait, traitsOf } from "./portrait/index.ts"

const seeds = Array.from({ length: 600 }, (_, i) => `seed-${i}`)

describe("a portrait", () => {
  it("is the same for its seed, always and everywhere", () => {
    const all = seeds.map(drawPortrait)
    expect(all).toEqual(seeds.map(drawPortrait))
    // Addresses of portraits are kept for ever by browsers. When faces change on purpose, take the new figure.
    const print = createHash("sha256").update(all.join("\n")).digest("hex").slice(0, 16)
    expect(print).toMatchInlineSnapshot(`"74098db6ed4d01ae"`)
  })

  it("is one of many", () => {
    expect(new Set(seeds.map(drawPortrait)).size).toBe(seeds.length)
    for (const trait of ["style", "skin", "glasses", "beard", "collar", "background", "mouth"] as const) {
      const values = seeds.map((seed) => traitsOf(seed)[trait])
      const counts = [...new Set(values)].map((value) => values.filter((v) => v === value).length)
      expect(counts.length, trait).toBeGreaterThan(2)
      expect(Math.min(...counts), trait).toBeGreaterThan(10)
      expect(Math.max(...counts), trait).toBeLessThan(seeds.length * 0.85)
    }
  })

  it("is plain SVG: nothing that runs, loads, links or is styled, and every number is one", () => {
    for (const svg of seeds.map(drawPortrait)) {
      expect(svg.length).toBeLessThan(6000)
      expect(svg).not.toMatch(/<(script|style|image|use|a|foreignObject)\b|href|url\(|\son|style=|undefined|NaN/)
      const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)]
      const open: string[] = []
      for (const [, closing, name = "", single] of tags) {
        if (closing) expect(open.pop()).toBe(name)
        else if (!single) open.push(name)
      }
      expect(open).toEqual([])
      expect(tags.map((t) => t[0]).join("")).toBe(svg)
    }
  })

  it("has no beard under a head that would not wear it", () => {
    for (const { style, beard } of seeds.map(traitsOf))
      if (beard !== "none") expect(["short", "parted", "buzz", "quiff", "bald", "wrap"]).toContain(style)
  })
})

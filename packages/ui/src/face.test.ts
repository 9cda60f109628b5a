import { describe, expect, it } from "vitest"
import { initialsOf, toneOf } from "./components/face.tsx"
import { placeLetters } from "./components/place.tsx"

describe("initials", () => {
  it.each([
    ["Ngozi Okafor", "NO"],
    ["  ada  ", "A"],
    ["Zoë van Dijk-Oudekerk ten Brinke", "ZB"],
    ["Nguyễn Minh Thư", "NT"],
    ["رحمة حداد", "رح"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧F"],
    ["---", "-"],
    ["", "?"],
  ])("of %j are %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })

  it("of a place are small letters", () => {
    expect(placeLetters("Kayak Club")).toBe("kc")
  })
})

describe("a person's tone", () => {
  it("is one of eight, always the same, and all eight are in use", () => {
    const ids = Array.from({ length: 400 }, (_, i) => String(1_234_567_890_123n + (BigInt(i) << 22n)))
    const tones = ids.map(toneOf)
    expect(tones).toEqual(ids.map(toneOf))
    for (let tone = 1; tone <= 8; tone++) {
      const share = tones.filter((t) => t === tone).length / tones.length
      expect(share).toBeGreaterThan(0.06)
      expect(share).toBeLessThan(0.2)
    }
  })
})

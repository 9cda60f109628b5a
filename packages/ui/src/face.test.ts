import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import { describe, expect, it } from "vitest"
import { Face, initialsOf, toneOf } from "./components/face.tsx"
import { placeLetters } from "./components/place.tsx"

describe("initials", () => {
  it.each([
    ["Ngozi Okafor", "NO"],
    ["  ada  ", "A"],
    ["Zoë van Dijk-Oudekerk ten Brinke", "ZB"],
    ["Nguyễn Minh Thư", "NT"],
    ["رحمة حداد", "رح"],
    ["e\u0301lan o\u0308mer", "E\u0301O\u0308"],
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

describe("a face", () => {
  const drawn = (portrait?: string) =>
    renderToStaticMarkup(createElement(Face, { id: "42", name: "Ngozi Okafor", portrait }))

  it("is a tone and letters", () => {
    expect(drawn()).toContain('data-letters="NO"')
    expect(drawn()).not.toContain("<img")
  })

  it("with a portrait is the picture, silent beside the name, over the tone without letters", () => {
    expect(drawn("ngozi-3")).toContain('src="/portraits/ngozi-3.svg" alt=""')
    expect(drawn("ngozi-3")).toMatch(/data-tone="\d"/)
    expect(drawn("ngozi-3")).not.toContain("data-letters")
    // The policy of pages refuses style attributes.
    expect(drawn("ngozi-3")).not.toContain("style=")
  })
})

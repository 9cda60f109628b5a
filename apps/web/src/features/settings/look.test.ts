import { describe, expect, it } from "vitest"
import { DEFAULT_LOOK, formatLook, type Look, lookAttributes, parseLook } from "./look.ts"

describe("the look's cookie", () => {
  it("comes back as it was set", () => {
    const look: Look = { theme: "paper", contrast: "more", density: "roomy", glow: "off", text: "large" }
    expect(parseLook(formatLook(look))).toEqual(look)
    expect(lookAttributes(look)).toEqual({
      "data-theme": "paper",
      "data-contrast": "more",
      "data-density": "roomy",
      "data-glow": "off",
      "data-text": "large",
    })
  })

  it("that says nothing known is the default, which sets no attribute", () => {
    for (const odd of [undefined, "", "a.b.c.d", '"><script>', "night\u0000"])
      expect(parseLook(odd)).toEqual(DEFAULT_LOOK)
    expect(Object.values(lookAttributes(DEFAULT_LOOK)).filter((v) => v !== undefined)).toEqual([])
  })

  it("of before there were text sizes is still known", () => {
    expect(parseLook("paper.more.roomy.off")).toMatchObject({ theme: "paper", glow: "off", text: "normal" })
  })

  it("keeps what it knows beside what it does not", () => {
    expect(parseLook("night.loud.compact")).toEqual({ ...DEFAULT_LOOK, theme: "night", density: "compact" })
  })
})

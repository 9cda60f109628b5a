import { describe, expect, it } from "vitest"
import { tipPlace } from "./tip-place.ts"

const view = { width: 400, height: 300 }
const tip = { width: 80, height: 24 }
const at = (left: number, top: number) => ({ left, top, right: left + 32, bottom: top + 32 })

describe("a tip", () => {
  it("stands in the middle of its side, a little apart", () => {
    expect(tipPlace(at(200, 150), tip, "top", view)).toEqual({ left: 176, top: 118 })
    expect(tipPlace(at(200, 150), tip, "bottom", view)).toEqual({ left: 176, top: 190 })
    expect(tipPlace(at(200, 150), tip, "right", view)).toEqual({ left: 240, top: 154 })
    expect(tipPlace(at(200, 150), tip, "left", view)).toEqual({ left: 112, top: 154 })
  })

  it("goes to the other side when there is no room, and stays in the window", () => {
    expect(tipPlace(at(200, 2), tip, "top", view).top).toBe(42)
    expect(tipPlace(at(360, 150), tip, "right", view).left).toBe(272)
    expect(tipPlace(at(0, 150), tip, "top", view).left).toBe(4)
    expect(tipPlace(at(380, 150), tip, "bottom", view).left).toBe(316)
  })
})

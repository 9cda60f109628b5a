import { describe, expect, it } from "vitest"
import { begin, move, pulled, settles, type Swipe } from "./swipe.ts"

const WIDTH = 340
const swipe = (open: boolean, ...path: [x: number, y: number, at: number][]): Swipe | null => {
  const [[x, y, at] = [0, 0, 0], ...rest] = path
  const first = begin(open, WIDTH, { x, y, at })
  return rest.reduce<Swipe | null>((s, [px, py, pat]) => s && move(s, { x: px, y: py, at: pat }), first)
}

describe("swiping the drawer", () => {
  it("begins at the edge when it is closed, and anywhere when it is open", () => {
    expect(swipe(false, [200, 300, 0])).toBeNull()
    expect(swipe(false, [5, 300, 0])).not.toBeNull()
    expect(swipe(true, [200, 300, 0])).not.toBeNull()
  })

  it("follows the finger, within its width", () => {
    expect(pulled(swipe(false, [5, 300, 0], [105, 300, 100]) as Swipe)).toBe(100)
    expect(pulled(swipe(false, [5, 300, 0], [900, 300, 100]) as Swipe)).toBe(WIDTH)
    expect(pulled(swipe(true, [300, 300, 0], [200, 300, 100]) as Swipe)).toBe(WIDTH - 100)
  })

  it("settles where most of it is, when the finger is slow", () => {
    expect(settles(swipe(false, [5, 0, 0], [100, 0, 500], [105, 0, 1000]) as Swipe)).toBe(false)
    expect(settles(swipe(false, [5, 0, 0], [200, 0, 500], [205, 0, 1000]) as Swipe)).toBe(true)
    expect(settles(swipe(true, [300, 0, 0], [250, 0, 500], [248, 0, 1000]) as Swipe)).toBe(true)
  })

  it("settles where it was thrown, however far that is", () => {
    expect(settles(swipe(false, [5, 0, 0], [30, 0, 10], [60, 0, 20]) as Swipe)).toBe(true)
    expect(settles(swipe(true, [300, 0, 0], [270, 0, 10], [240, 0, 20]) as Swipe)).toBe(false)
  })

  it("leaves scrolling, pressing and the wrong way alone", () => {
    const scrolls = swipe(false, [5, 300, 0], [12, 240, 50], [200, 240, 100]) as Swipe
    expect(scrolls.ours).toBe(false)
    expect(settles(scrolls)).toBe(false)
    const presses = swipe(true, [200, 300, 0], [203, 301, 50]) as Swipe
    expect(presses.ours).toBeNull()
    expect(settles(presses)).toBe(true)
    expect((swipe(true, [200, 300, 0], [300, 300, 50]) as Swipe).ours).toBe(false)
  })
})

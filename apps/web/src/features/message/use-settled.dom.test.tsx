import { act, cleanup, renderHook } from "@testing-library/react"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { useSettled } from "./use-settled.ts"

/** A list whose height one sets, and frames that come when they are told to. */
const list = { scrollHeight: 0, scrollTop: 0 }
const scroller = { current: list as HTMLElement }
let waiting: FrameRequestCallback[] = []
const frame = () =>
  act(() => {
    for (const look of waiting.splice(0)) look(0)
  })

describe("rows that were waited for", () => {
  beforeEach(() => {
    waiting = []
    vi.stubGlobal("requestAnimationFrame", (f: FrameRequestCallback) => waiting.push(f))
    vi.stubGlobal("cancelAnimationFrame", () => {})
  })
  afterEach(() => {
    cleanup()
    vi.unstubAllGlobals()
  })

  it("are shown once their sizes rest", () => {
    const { result } = renderHook(() => useSettled(scroller, true))
    for (const height of [400, 900, 1300]) {
      list.scrollHeight = height
      frame()
      expect(result.current).toBe(false)
    }
    frame()
    expect(result.current).toBe(false)
    frame()
    expect(result.current).toBe(true)
  })

  it("are shown after a while also where something never rests", () => {
    const { result } = renderHook(() => useSettled(scroller, true))
    for (let i = 0; i < 20; i++) {
      expect(result.current).toBe(false)
      list.scrollHeight++
      frame()
    }
    expect(result.current).toBe(true)
  })

  it("are shown at once where nobody waited", () => {
    expect(renderHook(() => useSettled(scroller, false)).result.current).toBe(true)
    expect(waiting).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { perFrame } from "./per-frame.ts"

describe("once a frame", () => {
  let frames = new Map<number, () => void>()
  const frame = () => {
    const due = [...frames.values()]
    frames = new Map()
    for (const f of due) f()
  }
  beforeEach(() => {
    vi.useFakeTimers()
    let last = 0
    vi.stubGlobal("requestAnimationFrame", (f: () => void) => {
      frames.set(++last, f)
      return last
    })
    vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id))
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    frames = new Map()
  })

  it("all that came is handed on together, in order, once", () => {
    const take = vi.fn()
    const { give } = perFrame<number>(take)
    give([1])
    give([2, 3])
    expect(take).not.toHaveBeenCalled()
    frame()
    expect(take.mock.calls).toEqual([[[1, 2, 3]]])
    frame()
    vi.advanceTimersByTime(1000)
    expect(take).toHaveBeenCalledTimes(1)
    give([4])
    frame()
    expect(take.mock.calls[1]).toEqual([[4]])
  })

  it("what is not to be overtaken is handed on before its frame, once", () => {
    const take = vi.fn()
    const { give, flush } = perFrame<number>(take)
    flush()
    give([1])
    flush()
    expect(take.mock.calls).toEqual([[[1]]])
    frame()
    vi.advanceTimersByTime(1000)
    expect(take).toHaveBeenCalledTimes(1)
    give([2])
    frame()
    expect(take.mock.calls[1]).toEqual([[2]])
  })

  it("without frames, where nobody looks, it is handed on all the same", () => {
    const take = vi.fn()
    const { give } = perFrame<number>(take)
    give([1])
    give([2])
    vi.advanceTimersByTime(100)
    expect(take.mock.calls).toEqual([[[1, 2]]])
    frame()
    expect(take).toHaveBeenCalledTimes(1)
  })
})

import type { Message } from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createDigest, GATHER_MS, type Said } from "./digest.ts"

const message = (seq: number, authorId: string) => ({ seq, authorId }) as Message

describe("new messages, for the ear", () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const hear = () => {
    const heard: Said[] = []
    return { heard, digest: createDigest((said) => heard.push(said)) }
  }

  it("says one at once", () => {
    const { heard, digest } = hear()
    digest.add([message(1, "a")])
    expect(heard).toEqual([{ one: message(1, "a") }])
  })

  it("gathers a burst into how many there are, from how many people", () => {
    const { heard, digest } = hear()
    for (let i = 1; i <= 13; i++) digest.add([message(i, `person ${i % 4}`)])
    expect(heard).toHaveLength(1)
    vi.advanceTimersByTime(GATHER_MS)
    expect(heard[1]).toEqual({ many: 12, people: 4 })
    vi.advanceTimersByTime(GATHER_MS * 2)
    expect(heard).toHaveLength(2)
  })

  it("says a single one that followed in full, and speaks at once again after a pause", () => {
    const { heard, digest } = hear()
    digest.add([message(1, "a")])
    digest.add([message(2, "b")])
    vi.advanceTimersByTime(GATHER_MS)
    expect(heard[1]).toEqual({ one: message(2, "b") })
    vi.advanceTimersByTime(GATHER_MS)
    digest.add([message(3, "a")])
    expect(heard[2]).toEqual({ one: message(3, "a") })
  })

  it("says nothing of a channel that was left", () => {
    const { heard, digest } = hear()
    digest.add([message(1, "a")])
    digest.add([message(2, "b")])
    digest.stop()
    vi.advanceTimersByTime(GATHER_MS * 2)
    expect(heard).toHaveLength(1)
  })
})

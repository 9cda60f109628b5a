import type { Bootstrap } from "@hearth/core"
import { act, cleanup, renderHook } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useNewAfter } from "./use-new-after.ts"

const snapshot = vi.hoisted(() => ({ threadReads: undefined as Record<string, number> | undefined }))
vi.mock("../gateway/provider.tsx", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) =>
    select({ readStates: [] as Bootstrap["readStates"], ...snapshot } as Bootstrap),
  useUnread: () => ({ unread: false, count: 0 }),
}))
afterEach(() => {
  cleanup()
  snapshot.threadReads = undefined
})

const inThread = (head: number, readUpTo: number) =>
  renderHook(({ focused, read }) => useNewAfter("7", head, focused, read), {
    initialProps: { focused: true, read: readUpTo },
  })

it("keeps the line of a thread when the window is left by somebody who has not come to its end", () => {
  const { result, rerender } = inThread(5, 3)
  expect(result.current[0]).toBe(3)
  rerender({ focused: false, read: 3 })
  expect(result.current[0]).toBe(3)
  rerender({ focused: true, read: 3 })
  expect(result.current[0]).toBe(3)
})

it("moves it behind what was read when the window is left", () => {
  const { result, rerender } = inThread(5, 3)
  act(() => result.current[1](null))
  rerender({ focused: true, read: 5 })
  rerender({ focused: false, read: 5 })
  expect(result.current[0]).toBe(5)
  rerender({ focused: true, read: 5 })
  expect(result.current[0]).toBeNull()
})

it("calls nothing of a thread new to somebody who was never at its end", () => {
  const { result, rerender } = inThread(5, 0)
  rerender({ focused: false, read: 0 })
  expect(result.current[0]).toBeNull()
})

it("draws the line of a thread where its mark was set back to, and keeps it while the window is left", () => {
  const { result, rerender } = inThread(5, 5)
  snapshot.threadReads = { "7": 5 }
  rerender({ focused: true, read: 5 })
  expect(result.current[0]).toBeNull()
  snapshot.threadReads = { "7": 2 }
  rerender({ focused: true, read: 5 })
  expect(result.current[0]).toBe(2)
  rerender({ focused: false, read: 5 })
  expect(result.current[0]).toBe(2)
  snapshot.threadReads = { "7": 5 }
  rerender({ focused: false, read: 5 })
  rerender({ focused: true, read: 5 })
  expect(result.current[0]).toBe(2)
})

import type { Bootstrap } from "@hearth/core"
import { cleanup, renderHook } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useMarkRead } from "./use-mark-read.ts"

const mark = vi.hoisted(() => vi.fn())
const held = vi.hoisted(() => ({ threads: [] as { id: string }[] }))
vi.mock("../gateway/provider.tsx", () => {
  const readMarks = { mark, release: () => {} }
  return {
    useReadMarks: () => readMarks,
    useBootstrap: (select: (b: Bootstrap) => unknown) => select(held as unknown as Bootstrap),
  }
})
afterEach(cleanup)

const isThere = () => true

it("marks what is seen, and again when one is told of it after that", () => {
  const { rerender } = renderHook(() => useMarkRead("7", 3, isThere))
  rerender()
  expect(mark.mock.calls).toEqual([["7", 3]])
  held.threads = [{ id: "7" }]
  rerender()
  expect(mark.mock.calls).toEqual([
    ["7", 3],
    ["7", 3],
  ])
})

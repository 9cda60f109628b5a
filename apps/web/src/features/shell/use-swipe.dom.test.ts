import { cleanup, renderHook } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useSwipe } from "./use-swipe.ts"

const { following } = vi.hoisted(() => ({ following: new Set<AbortSignal>() }))
vi.mock("./width.ts", () => ({ isNarrow: () => true }))
vi.mock("./follow-finger.ts", () => ({
  followFinger: (_: Element, { signal }: { signal: AbortSignal }) => following.add(signal),
}))
afterEach(cleanup)

const patient = { timeout: 20_000 }
const follows = () => [...following].some((signal) => !signal.aborted)

it("no finger draws the drawer out while a thread lies over it", async () => {
  const app = { current: document.createElement("div") }
  const { rerender } = renderHook(({ covered }) => useSwipe(app, covered, false, () => {}), {
    initialProps: { covered: false },
  })
  await vi.waitFor(() => expect(follows()).toBe(true), patient)
  rerender({ covered: true })
  await import("./follow-finger.ts")
  expect(follows()).toBe(false)
  rerender({ covered: false })
  await vi.waitFor(() => expect(follows()).toBe(true), patient)
})

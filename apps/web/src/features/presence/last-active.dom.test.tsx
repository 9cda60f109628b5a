import { act, cleanup, render, renderHook } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { LastActive, useLastActive } from "./last-active.tsx"

const asked = vi.hoisted(() => ({ of: vi.fn<(input: { userId: string }) => Promise<{ agoMs: number | null }>>() }))
vi.mock("next-intl", () => ({
  useTranslations: () => (key: string, values?: { when: string }) => (values ? `${key} ${values.when}` : key),
}))
vi.mock("../shell/when.ts", () => ({
  useWhen: () => (at: number) => `${Math.round((Date.now() - at) / 60_000)} min`,
}))
vi.mock("../trpc/index.ts", () => ({ trpc: { lastActive: { of: { query: asked.of } } } }))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  asked.of.mockReset()
  vi.restoreAllMocks()
  vi.useRealTimers()
})
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

it("says when somebody was here last, as time passes, also without a connection", async () => {
  asked.of.mockResolvedValueOnce({ agoMs: 20 * 60_000 })
  const { container } = render(<LastActive userId="2" />)
  expect(container.textContent).toBe("offline")
  await pass(0)
  expect(container.textContent).toBe("lastActive 20 min")
  asked.of.mockResolvedValueOnce({ agoMs: 0 })
  await pass(5_000)
  expect(container.textContent).toBe("lastActive 0 min")
  asked.of.mockRejectedValueOnce(new Error("away"))
  await pass(60_000)
  expect(container.textContent).toBe("lastActive 1 min")
  expect(asked.of).toHaveBeenCalledTimes(3)
})

it("says that somebody is not here when nothing more is shown, and soon asks no more", async () => {
  asked.of.mockResolvedValue({ agoMs: null })
  const { container } = render(<LastActive userId="2" />)
  await pass(5_000)
  expect(container.textContent).toBe("offline")
  expect(asked.of).toHaveBeenCalledTimes(2)
  await pass(600_000)
  expect(asked.of).toHaveBeenCalledTimes(2)
})

it("asks for no page that nobody sees, at once when it is seen again, and not when it is gone", async () => {
  asked.of.mockResolvedValue({ agoMs: 0 })
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(false)
  const { container, unmount } = render(<LastActive userId="2" />)
  await pass(5_000)
  expect(asked.of).toHaveBeenCalledTimes(2)
  hidden.mockReturnValue(true)
  await pass(600_000)
  expect(asked.of).toHaveBeenCalledTimes(2)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event("visibilitychange"))
  await pass(0)
  expect(asked.of).toHaveBeenCalledTimes(3)
  expect(container.textContent).toBe("lastActive 0 min")
  hidden.mockReturnValue(true)
  await pass(60_000)
  unmount()
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event("visibilitychange"))
  await pass(600_000)
  expect(asked.of).toHaveBeenCalledTimes(3)
})

it("forgets it when they come back: they were here after that", async () => {
  asked.of.mockResolvedValueOnce({ agoMs: 20 * 60_000 })
  const { result, rerender } = renderHook((userId) => useLastActive(userId), {
    initialProps: "2" as string | undefined,
  })
  await pass(0)
  expect(result.current).toBe("lastActive 20 min")
  rerender(undefined)
  asked.of.mockReturnValueOnce(new Promise(() => {}))
  rerender("2")
  expect(result.current).toBe("offline")
})

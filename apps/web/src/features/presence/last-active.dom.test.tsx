import { act, cleanup, render, renderHook } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { LastActive, useLastActive } from "./last-active.tsx"

const asked = vi.hoisted(() => ({
  ofMany: vi.fn<(input: { userIds: string[] }) => Promise<{ agoMs: Record<string, number> }>>(),
}))
vi.mock("next-intl", () => ({
  useTranslations: () => (key: string, values?: { when: string }) => (values ? `${key} ${values.when}` : key),
}))
vi.mock("../shell/when.ts", () => ({
  useWhen: () => (at: number) => `${Math.round((Date.now() - at) / 60_000)} min`,
}))
vi.mock("../trpc/index.ts", () => ({ trpc: { lastActive: { ofMany: { query: asked.ofMany } } } }))
beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  cleanup()
  // What was gathered is asked: the next test begins with nothing.
  await vi.advanceTimersByTimeAsync(50)
  asked.ofMany.mockReset()
  vi.restoreAllMocks()
  vi.useRealTimers()
})
/** And as long as asks are gathered. */
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms + 50))

it("says when somebody was here last, as time passes, also without a connection", async () => {
  asked.ofMany.mockResolvedValueOnce({ agoMs: { "2": 20 * 60_000 } })
  const { container } = render(<LastActive userId="2" />)
  expect(container.textContent).toBe("offline")
  await pass(0)
  expect(container.textContent).toBe("lastActive 20 min")
  asked.ofMany.mockResolvedValueOnce({ agoMs: { "2": 0 } })
  await pass(5_000)
  expect(container.textContent).toBe("lastActive 0 min")
  asked.ofMany.mockRejectedValueOnce(new Error("away"))
  await pass(60_000)
  expect(container.textContent).toBe("lastActive 1 min")
  expect(asked.ofMany).toHaveBeenCalledTimes(3)
})

it("says that somebody is not here when nothing more is shown, and soon asks no more", async () => {
  asked.ofMany.mockResolvedValue({ agoMs: {} })
  const { container } = render(<LastActive userId="2" />)
  await pass(0)
  await pass(5_000)
  expect(container.textContent).toBe("offline")
  expect(asked.ofMany).toHaveBeenCalledTimes(2)
  await pass(600_000)
  expect(asked.ofMany).toHaveBeenCalledTimes(2)
})

it("asks for no page that nobody sees, at once when it is seen again, and not when it is gone", async () => {
  asked.ofMany.mockResolvedValue({ agoMs: { "2": 0 } })
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(false)
  const { container, unmount } = render(<LastActive userId="2" />)
  await pass(0)
  await pass(5_000)
  expect(asked.ofMany).toHaveBeenCalledTimes(2)
  hidden.mockReturnValue(true)
  await pass(600_000)
  expect(asked.ofMany).toHaveBeenCalledTimes(2)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event("visibilitychange"))
  await pass(0)
  expect(asked.ofMany).toHaveBeenCalledTimes(3)
  expect(container.textContent).toBe("lastActive 0 min")
  hidden.mockReturnValue(true)
  await pass(60_000)
  unmount()
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event("visibilitychange"))
  await pass(600_000)
  expect(asked.ofMany).toHaveBeenCalledTimes(3)
})

it("forgets it when they come back: they were here after that", async () => {
  asked.ofMany.mockResolvedValueOnce({ agoMs: { "2": 20 * 60_000 } })
  const { result, rerender } = renderHook((userId) => useLastActive(userId), {
    initialProps: "2" as string | undefined,
  })
  await pass(0)
  expect(result.current).toBe("lastActive 20 min")
  rerender(undefined)
  asked.ofMany.mockReturnValueOnce(new Promise(() => {}))
  rerender("2")
  expect(result.current).toBe("offline")
})

it("asks for all who are on screen at once, again and again, a page of them at most", async () => {
  asked.ofMany.mockImplementation(async ({ userIds }) => ({ agoMs: Object.fromEntries(userIds.map((id) => [id, 0])) }))
  const ids = Array.from({ length: 101 }, (_, i) => String(i + 1))
  const { container } = render(ids.map((id) => <LastActive key={id} userId={id} />))
  await pass(0)
  expect(asked.ofMany.mock.calls.map(([{ userIds }]) => userIds)).toEqual([ids.slice(0, 100), ids.slice(100)])
  expect(container.textContent).toBe("lastActive 0 min".repeat(101))
  await pass(5_000)
  expect(asked.ofMany).toHaveBeenCalledTimes(4)
})

import { act, cleanup, render } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { LastActive } from "./last-active.tsx"

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

it("says that somebody is not here when nothing more is shown", async () => {
  asked.of.mockResolvedValue({ agoMs: null })
  const { container, unmount } = render(<LastActive userId="2" />)
  await pass(0)
  expect(container.textContent).toBe("offline")
  const { length } = asked.of.mock.calls
  unmount()
  await pass(180_000)
  expect(asked.of.mock.calls).toHaveLength(length)
})

import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { SlowNotice } from "./slow-notice.tsx"

const room = vi.hoisted(() => ({ sentAt: undefined as number | undefined, changed: () => {} }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string, with_: { time?: string }) => with_.time ?? key }))
vi.mock("../../i18n/lengths.ts", () => ({ useLengthOf: () => String }))
vi.mock("../gateway/provider.tsx", () => ({ useBootstrap: () => "1" }))
const history = {
  subscribe: (_: string, f: () => void) => {
    room.changed = f
    return () => {}
  },
  state: () => ({
    view: { messages: room.sentAt === undefined ? [] : [{ authorId: "1", createdAt: room.sentAt }] },
  }),
}
vi.mock("../message/services.tsx", () => ({ useServices: () => ({ history }) }))

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it("counts down from the whole time when one has sent, however long one did not", async () => {
  render(<SlowNotice channelId="7" seconds={10} />)
  expect(screen.queryByRole("timer")).toBeNull()
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  act(() => {
    room.sentAt = Date.now()
    room.changed()
  })
  expect(screen.getByRole("timer").textContent).toBe("0:10")
  await act(() => vi.advanceTimersByTimeAsync(4000))
  expect(screen.getByRole("timer").textContent).toBe("0:06")
  await act(() => vi.advanceTimersByTimeAsync(6000))
  expect(screen.queryByRole("timer")).toBeNull()
})

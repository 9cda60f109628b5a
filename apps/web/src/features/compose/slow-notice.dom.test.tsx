import { act, cleanup, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { SlowNotice } from "./slow-notice.tsx"

const room = vi.hoisted(() => ({
  sentAt: undefined as number | undefined,
  turn: {} as { sentAt?: number; until?: number },
  changed: () => {},
  queued: () => {},
}))
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
const queue = {
  subscribe: (f: () => void) => {
    room.queued = f
    return () => {}
  },
  turnOf: () => room.turn,
}
vi.mock("../message/services.tsx", () => ({ useServices: () => ({ history, queue }) }))

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  Object.assign(room, { sentAt: undefined, turn: {} })
  localStorage.clear()
})
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

it("counts down from the ack, in a view of the past where one's message is not, and goes on after a reload", async () => {
  const { unmount } = render(<SlowNotice channelId="7" seconds={3600} />)
  act(() => {
    room.turn = { sentAt: Date.now() }
    room.queued()
  })
  expect(screen.getByRole("timer").textContent).toBe("1:00:00")
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  unmount()
  room.turn = {}
  render(<SlowNotice channelId="7" seconds={3600} />)
  expect(screen.getByRole("timer").textContent).toBe("59:00")
  cleanup()
  render(<SlowNotice channelId="8" seconds={3600} />)
  expect(screen.queryByRole("timer")).toBeNull()
})

it("counts down from what the gateway says when it takes none", () => {
  room.sentAt = Date.now() - 60_000
  render(<SlowNotice channelId="7" seconds={30} />)
  expect(screen.queryByRole("timer")).toBeNull()
  act(() => {
    room.turn = { until: Date.now() + 12_000 }
    room.queued()
  })
  expect(screen.getByRole("timer").textContent).toBe("0:12")
})

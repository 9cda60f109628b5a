import { AppError, type Bootstrap } from "@hearth/core"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { trackReceived } from "./track-received.ts"

const request = vi.fn<(command: string, body: unknown) => Promise<object>>()
let state: { heads: Record<string, number>; read: Record<string, number>; pending: string[] }
let status: "online" | "offline"
let changed: () => void
let comeOnline: () => void
let stop: () => void

const snapshot = () =>
  ({
    guilds: [
      { guild: { id: "5" } },
      ...["7", "8"].map((id) => ({ guild: { id }, conversation: { pending: state.pending.includes(id) } })),
    ],
    heads: state.heads,
    readStates: Object.entries(state.read).map(([channelId, lastReadSeq]) => ({ channelId, lastReadSeq })),
  }) as unknown as Bootstrap
let shown: Bootstrap
const now = (next: Partial<typeof state>) => {
  state = { ...state, ...next }
  shown = snapshot()
  changed()
}
const told = () => request.mock.calls.map(([, body]) => (body as { delivered: object }).delivered)

beforeEach(() => {
  vi.useFakeTimers()
  request.mockReset().mockResolvedValue({})
  status = "online"
  state = { heads: { 5: 9, 7: 3, 8: 2 }, read: { 8: 2 }, pending: [] }
  shown = snapshot()
  stop = trackReceived({
    request: request as never,
    snapshot: () => shown,
    connection: () => ({ status, since: 0, retryAt: null }),
    subscribe: (listener) => {
      changed = listener
      return () => {}
    },
    onOnline: (listener) => {
      comeOnline = listener
      listener()
      return () => {}
    },
  })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

it("tells of conversations with something unread, each number once", async () => {
  await vi.advanceTimersByTimeAsync(0)
  expect(told()).toEqual([{ 7: 3 }])
  now({ heads: { 5: 10, 7: 3, 8: 2 } })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told()).toHaveLength(1)
  now({ heads: { 5: 10, 7: 4, 8: 3 } })
  await vi.advanceTimersByTimeAsync(0)
  expect(told()[1]).toEqual({ 7: 4, 8: 3 })
})

it("looks through what was read once, not for each message of a server", async () => {
  let looks = 0
  now({})
  const readStates = new Proxy(shown.readStates, {
    get: (list, key) => {
      if (key === "0") looks++
      return Reflect.get(list, key)
    },
  })
  for (let head = 10; head < 60; head++) {
    shown = { ...snapshot(), heads: { ...state.heads, 5: head }, readStates }
    changed()
  }
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told()).toEqual([{ 7: 3 }])
  expect(looks).toBe(1)
})

it("says at most one word a second, with all that came meanwhile", async () => {
  await vi.advanceTimersByTimeAsync(0)
  for (const head of [4, 5, 6]) now({ heads: { 7: head, 8: 2 + head } })
  await vi.advanceTimersByTimeAsync(999)
  expect(told()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(told()).toEqual([{ 7: 3 }, { 7: 6, 8: 8 }])
})

it("says nothing of a request, and of it once it is let in", async () => {
  await vi.advanceTimersByTimeAsync(0)
  now({ heads: { 7: 3, 8: 5 }, pending: ["8"] })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told()).toHaveLength(1)
  now({ pending: [] })
  await vi.advanceTimersByTimeAsync(0)
  expect(told()[1]).toEqual({ 8: 5 })
})

it("says again what failed, and all of it on the next connection; not what is refused for good", async () => {
  await vi.advanceTimersByTimeAsync(0)
  request.mockRejectedValueOnce(new AppError("UNAVAILABLE", "away", { retryAfterMs: 0 }))
  now({ heads: { 7: 4 } })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told()).toEqual([{ 7: 3 }, { 7: 4 }, { 7: 4 }])
  status = "offline"
  now({ heads: { 7: 5 } })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told()).toHaveLength(3)
  status = "online"
  request.mockRejectedValueOnce(new AppError("BAD_REQUEST", "an older gateway"))
  comeOnline()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told().slice(3)).toEqual([{ 7: 5 }])
  comeOnline()
  await vi.advanceTimersByTimeAsync(0)
  expect(told().slice(4)).toEqual([{ 7: 5 }])
})

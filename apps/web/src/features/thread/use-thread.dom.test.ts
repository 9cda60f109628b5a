import { AppError, type Message, type Packet, type Thread } from "@hearth/core"
import { act, cleanup, renderHook } from "@testing-library/react"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { useRoot, useThread } from "./use-thread.ts"

const { gateway, services, get, page, held } = vi.hoisted(() => {
  const listeners = { online: new Set<() => void>(), changed: new Set<(packets: unknown) => void>() }
  const put = <T>(set: Set<T>, listener: T) => {
    set.add(listener)
    return () => set.delete(listener)
  }
  const gateway = {
    listeners,
    connection: () => ({ status: "online" }),
    onOnline: (listener: () => void) => {
      listener()
      return put(listeners.online, listener)
    },
    on: (_: string, listener: (packets: unknown) => void) => put(listeners.changed, listener),
  }
  return {
    gateway,
    services: { users: { add: () => {} } },
    get: vi.fn(),
    page: vi.fn(),
    held: { message: undefined as unknown },
  }
})
vi.mock("../gateway/index.ts", () => ({ useGateway: () => gateway }))
vi.mock("../message/services.tsx", () => ({ useServices: () => services, useMessage: () => held.message }))
vi.mock("../trpc/client.ts", () => ({
  toAppError: (error: unknown) => error,
  trpc: { thread: { get: { query: get } }, message: { page: { query: page } } },
}))

const comesBack = () => act(async () => gateway.listeners.online.forEach((f) => f()))
const isTold = (packets: Partial<Packet>[]) => act(() => gateway.listeners.changed.forEach((f) => f(packets)))
const thread = { id: "9", channelId: "7", seq: 3 } as Thread
const message = (mver: number, content: string) =>
  ({ channelId: "7", seq: 3, mver, content, deleted: content === "" }) as Message
const isPaged = (...messages: Message[]) => page.mockResolvedValue({ page: { messages }, users: [] })

beforeEach(() => {
  held.message = undefined
  get.mockReset()
  page.mockReset()
})
afterEach(cleanup)

describe("the message that a thread hangs on, where the channel has not loaded it", () => {
  it("is asked for once, and follows what is told of it", async () => {
    isPaged(message(1, "who has it?"))
    const { result } = renderHook(() => useRoot(thread))
    await act(async () => {})
    expect(result.current?.content).toBe("who has it?")
    isTold([
      { channelId: "8", items: [message(9, "elsewhere")] },
      { channelId: "7", items: [message(2, "")] },
    ])
    expect(result.current?.deleted).toBe(true)
    isTold([{ channelId: "7", items: [message(1, "who has it?")] }])
    expect(result.current?.deleted).toBe(true)
    expect(page).toHaveBeenCalledOnce()
  })

  it("is asked for again when the connection is back", async () => {
    isPaged(message(1, "who has it?"))
    const { result } = renderHook(() => useRoot(thread))
    await act(async () => {})
    isPaged(message(2, ""))
    await comesBack()
    expect(result.current?.deleted).toBe(true)
  })

  it("stands as the channel had it last", async () => {
    held.message = message(2, "")
    const { result, rerender } = renderHook(() => useRoot(thread))
    page.mockReturnValue(new Promise(() => {}))
    held.message = undefined
    rerender()
    expect(result.current?.deleted).toBe(true)
  })
})

it("asks where a thread hangs until it is known: again when the connection is back", async () => {
  get.mockRejectedValueOnce(new AppError("UNAVAILABLE", "no answer"))
  const { result } = renderHook(() => useThread("9"))
  await act(async () => {})
  expect(result.current.error?.code).toBe("UNAVAILABLE")
  get.mockResolvedValue(thread)
  await comesBack()
  expect(result.current).toMatchObject({ thread, error: null })
  await comesBack()
  expect(get).toHaveBeenCalledTimes(2)
})

import { cleanup, renderHook, waitFor } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { useFriendAsks, useFriends } from "./use-friends.ts"

const held = vi.hoisted(() => ({
  handlers: new Map<string, (payload: unknown) => void>(),
  list: vi.fn(async () => ({ items: [] as unknown[], next: null })),
}))
vi.mock("../gateway/index.ts", () => ({
  useGatewayEvent: (event: string, handler: (payload: unknown) => void) => void held.handlers.set(event, handler),
}))
vi.mock("../trpc/index.ts", () => ({
  toAppError: (error: unknown) => error,
  trpc: { friend: { list: { query: held.list }, requests: { query: held.list } } },
}))
afterEach(() => {
  cleanup()
  held.list.mockReset()
})

interface Shows {
  items: readonly unknown[] | null
}
it.each([
  ["friends", (): Shows => useFriends()],
  ["requests", (): Shows => useFriendAsks("in")],
])("reads the %s anew when what happened meanwhile is not told any more, and only then", async (_, useIt) => {
  const ada = { id: "1", displayName: "Ada" }
  held.list.mockResolvedValueOnce({ items: [], next: null }).mockResolvedValueOnce({ items: [ada], next: null })
  const { result } = renderHook(useIt)
  await waitFor(() => expect(result.current.items).toEqual([]))
  held.handlers.get("gateway:ready")?.({ reset: false })
  expect(held.list).toHaveBeenCalledTimes(1)
  held.handlers.get("gateway:ready")?.({ reset: true })
  await waitFor(() => expect(result.current.items).toEqual([ada]))
  expect(held.list).toHaveBeenCalledTimes(2)
})

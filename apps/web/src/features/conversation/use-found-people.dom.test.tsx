import { AppError } from "@hearth/core"
import { act, cleanup, renderHook } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { useFoundPeople } from "./use-found-people.ts"

const held = vi.hoisted(() => ({ find: vi.fn<(input: { prefix: string }) => Promise<unknown[]>>() }))
vi.mock("../message/services.tsx", () => ({ useServices: () => ({ users: { add() {} } }) }))
vi.mock("../trpc/index.ts", () => ({
  toAppError: (error: unknown) => error,
  trpc: { conversation: { find: { query: held.find } } },
}))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it("says why nobody was found when there was no answer, and asks once more", async () => {
  held.find.mockRejectedValueOnce(new AppError("UNAVAILABLE", "not now"))
  const { result } = renderHook(() => useFoundPeople("Ad"))
  expect(result.current).toMatchObject({ people: null, error: null })
  await act(() => vi.advanceTimersByTimeAsync(1000))
  expect(result.current).toMatchObject({ people: null, error: { code: "UNAVAILABLE" } })
  const ada = { id: "1", displayName: "Ada" }
  held.find.mockResolvedValueOnce([ada])
  act(() => result.current.again())
  await act(() => vi.advanceTimersByTimeAsync(1000))
  expect(result.current).toMatchObject({ people: [ada], error: null })
  expect(held.find).toHaveBeenCalledTimes(2)
})

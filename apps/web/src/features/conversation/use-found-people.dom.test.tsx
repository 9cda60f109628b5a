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
  held.find.mockReset()
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

it("says nothing of a failure beside what was known before it", async () => {
  const ada = { id: "1", displayName: "Ada" }
  const all = Array.from({ length: 10 }, (_, i) => ({ id: `1${i}`, displayName: `Al ${i}` }))
  held.find.mockResolvedValueOnce(all)
  const { result, rerender } = renderHook((typed) => useFoundPeople(typed), { initialProps: "A" })
  await act(() => vi.advanceTimersByTimeAsync(1000))
  const failure = Promise.withResolvers<unknown[]>()
  held.find.mockReturnValueOnce(failure.promise)
  rerender("Ad")
  await act(() => vi.advanceTimersByTimeAsync(1000))
  await act(async () => failure.reject(new AppError("UNAVAILABLE", "not now")))
  expect(result.current).toMatchObject({ error: { code: "UNAVAILABLE" } })
  rerender("A")
  expect(result.current).toMatchObject({ people: all, error: null })

  // The failure of what was typed before is none of what is known.
  const late = Promise.withResolvers<unknown[]>()
  held.find.mockReturnValueOnce(late.promise)
  rerender("Ad")
  await act(() => vi.advanceTimersByTimeAsync(1000))
  rerender("A")
  await act(async () => late.reject(new AppError("UNAVAILABLE", "not now")))
  expect(result.current).toMatchObject({ people: all, error: null })
  held.find.mockResolvedValueOnce([ada])
  rerender("Ad")
  await act(() => vi.advanceTimersByTimeAsync(1000))
  expect(result.current).toMatchObject({ people: [ada], error: null })
})

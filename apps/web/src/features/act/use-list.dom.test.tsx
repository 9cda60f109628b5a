import { AppError, type Listed } from "@hearth/core"
import { act, renderHook, waitFor } from "@testing-library/react"
import { describe, expect, it } from "vitest"
import { useList } from "./use-list.ts"

describe("a list in a dialog", () => {
  it("grows page by page, and after a failure goes on where it stood", async () => {
    let away = false
    const asked: (string | undefined)[] = []
    const load = async (cursor: string | undefined): Promise<Listed<number>> => {
      asked.push(cursor)
      if (away) throw new AppError("UNAVAILABLE", "away")
      return cursor === undefined ? { items: [1, 2], next: "b" } : { items: [3], next: null }
    }
    const { result } = renderHook(() => useList(load))
    expect(result.current).toMatchObject({ items: null, loading: true })
    await waitFor(() => expect(result.current).toMatchObject({ items: [1, 2], hasMore: true, loading: false }))
    away = true
    act(() => result.current.more())
    await waitFor(() => expect(result.current.error?.code).toBe("UNAVAILABLE"))
    expect(result.current.items).toEqual([1, 2])
    away = false
    act(() => result.current.again())
    await waitFor(() => expect(result.current).toMatchObject({ items: [1, 2, 3], hasMore: false, error: null }))
    expect(asked).toEqual([undefined, "b", "b"])
    act(() => result.current.change((items) => items.filter((n) => n !== 2)))
    expect(result.current.items).toEqual([1, 3])
  })

  it("is read anew from its beginning, and keeps what was taken out while more of it was on its way", async () => {
    let first = [1, 2]
    let answer = () => {}
    const load = async (cursor: string | undefined): Promise<Listed<number>> => {
      if (cursor === undefined) return { items: first, next: "b" }
      await new Promise<void>((resolve) => (answer = resolve))
      return { items: [3], next: null }
    }
    const { result } = renderHook(() => useList(load))
    await waitFor(() => expect(result.current.loading).toBe(false))
    act(() => result.current.more())
    act(() => result.current.change((items) => items.filter((n) => n !== 2)))
    await act(async () => answer())
    expect(result.current).toMatchObject({ items: [1, 3], hasMore: false, loading: false })
    first = [0, 1]
    act(() => result.current.anew())
    await waitFor(() => expect(result.current).toMatchObject({ items: [0, 1], hasMore: true, loading: false }))
  })
})

"use client"
import type { AppError, Listed } from "@hearth/core"
import { useCallback, useEffect, useRef, useState } from "react"
import { toAppError } from "../trpc/index.ts"

export interface Paged<T> {
  /** Null: nothing has come yet. */
  items: readonly T[] | null
  error: AppError | null
  hasMore: boolean
  loading: boolean
  more: () => void
  again: () => void
  /** Changes what is shown at once, before the server would say so. */
  change: (f: (items: readonly T[]) => readonly T[]) => void
}

/** A list that comes in pages. `key` says which list it is: another key starts anew. */
export const usePaged = <T>(key: string, load: (cursor: string | undefined) => Promise<Listed<T>>): Paged<T> => {
  const [items, setItems] = useState<readonly T[] | null>(null)
  const [next, setNext] = useState<string | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [loading, setLoading] = useState(true)
  const asked = useRef(0)
  const loader = useRef(load)
  loader.current = load

  const fetchPage = useCallback(async (cursor: string | undefined) => {
    const mine = ++asked.current
    setLoading(true)
    setError(null)
    try {
      const page = await loader.current(cursor)
      if (mine !== asked.current) return
      setItems((old) => (cursor === undefined ? page.items : [...(old ?? []), ...page.items]))
      setNext(page.next)
    } catch (thrown) {
      if (mine === asked.current) setError(toAppError(thrown))
    } finally {
      if (mine === asked.current) setLoading(false)
    }
  }, [])

  useEffect(() => {
    setItems(null)
    void fetchPage(undefined)
    return () => {
      asked.current++
    }
  }, [fetchPage, key])

  return {
    items,
    error,
    hasMore: next !== null,
    loading,
    more: () => {
      if (next !== null && !loading) void fetchPage(next)
    },
    again: () => void fetchPage(items === null ? undefined : (next ?? undefined)),
    change: (f) => setItems((old) => (old === null ? old : f(old))),
  }
}

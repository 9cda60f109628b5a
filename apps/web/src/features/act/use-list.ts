"use client"
import type { AppError, Listed } from "@hearth/core"
import { useCallback, useEffect, useEffectEvent, useState } from "react"
import type { Paged } from "../shell/use-paged.ts"
import { toAppError } from "../trpc/index.ts"

interface State<T> {
  items: readonly T[] | null
  next: string | null
  error: AppError | null
  loading: boolean
}

interface Asked {
  cursor: string | undefined
}

/** A list that comes in pages, read anew each time that it is opened. For what floats over a channel, which has no query cache. */
export const useList = <T>(
  load: (cursor: string | undefined) => Promise<Listed<T>>,
): Paged<T> & {
  /** `again` goes on where it stood; this begins from the top. */
  anew: () => void
} => {
  const [state, setState] = useState<State<T>>({ items: null, next: null, error: null, loading: true })
  const [asked, setAsked] = useState<Asked>({ cursor: undefined })
  const read = useEffectEvent(load)
  useEffect(() => {
    let waits = true
    const { cursor } = asked
    read(cursor).then(
      ({ items, next }) =>
        waits &&
        setState((old) => ({
          items: cursor === undefined ? items : [...(old.items ?? []), ...items],
          next,
          error: null,
          loading: false,
        })),
      (error: unknown) => waits && setState((old) => ({ ...old, error: toAppError(error), loading: false })),
    )
    return () => {
      waits = false
    }
  }, [asked])
  const { items, next, error, loading } = state
  const change = useCallback(
    (f: (items: readonly T[]) => readonly T[]) => setState((old) => ({ ...old, items: old.items && f(old.items) })),
    [],
  )
  const ask = (next: (old: Asked) => Asked) => {
    setState((old) => ({ ...old, loading: true, error: null }))
    setAsked(next)
  }
  return {
    items,
    error,
    hasMore: next !== null,
    loading,
    more: () => next !== null && ask(() => ({ cursor: next })),
    again: () => ask((old) => ({ ...old })),
    anew: () => ask(() => ({ cursor: undefined })),
    change,
  }
}

"use client"
import type { AppError } from "@hearth/core"
import { useEffect, useEffectEvent, useState } from "react"
import { toAppError } from "../trpc/index.ts"

/** One thing that the server is asked for. The pages of the room have no query cache. */
export const useAsked = <T>(load: () => Promise<T>) => {
  const [state, setState] = useState<{ value: T | null; error: AppError | null }>({ value: null, error: null })
  const [turn, setTurn] = useState(0)
  const read = useEffectEvent(load)
  useEffect(() => {
    let waits = true
    read().then(
      (value) => waits && setState({ value, error: null }),
      (error: unknown) => waits && setState((old) => ({ ...old, error: toAppError(error) })),
    )
    return () => {
      waits = false
    }
  }, [turn])
  return {
    ...state,
    again: () => setTurn((n) => n + 1),
    set: (value: T) => setState({ value, error: null }),
  }
}

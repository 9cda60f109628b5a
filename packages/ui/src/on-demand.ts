"use client"
import { useEffect, useEffectEvent, useReducer } from "react"

/** Code that is loaded when it is first needed, once. A load that failed is tried again by the next. */
export const onDemand = <T>(load: () => Promise<T>) => {
  let loaded: T | null = null
  let loading: Promise<T> | undefined
  const source = {
    get: (): T | null => loaded,
    load: (): Promise<T> => {
      loading ??= load().then(
        (module) => {
          loaded = module
          return module
        },
        (error: unknown) => {
          loading = undefined
          throw error
        },
      )
      return loading
    },
    /** In advance: whoever needs it next tells whether it is there. */
    prepare: (): void => {
      source.load().catch(() => {
        // Without a connection it is tried again.
      })
    },
  }
  return source
}
export type OnDemand<T> = ReturnType<typeof onDemand<T>>

/** What is loaded of it; loads it as soon as it is wanted. `onFail`: it did not come, most likely without a connection. */
export const useOnDemand = <T>(source: OnDemand<T>, wanted: boolean, onFail: () => void): T | null => {
  const [, draw] = useReducer((n: number) => n + 1, 0)
  const failed = useEffectEvent(onFail)
  useEffect(() => {
    if (!wanted || source.get()) return
    let waits = true
    source.load().then(
      () => waits && draw(),
      () => waits && failed(),
    )
    return () => {
      waits = false
    }
  }, [source, wanted])
  return source.get()
}

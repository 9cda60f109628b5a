"use client"
import { createContext, useContext, useEffect, useEffectEvent, useReducer } from "react"

const RETRY_MS = 5000

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
    /** It came another way. */
    provide(module: T): void {
      loaded = module
      loading = Promise.resolve(module)
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

const AwayContext = createContext<() => void>(() => {})
/** Around the app: what is said when code does not come for something that somebody pressed. */
export const AwayProvider = AwayContext.Provider
export const useAway = () => useContext(AwayContext)

/**
 * What is loaded of it; loads it as soon as it is wanted. `onFail`: it did not come, most likely without a connection. As long as it
 * is wanted all the same it is tried again, at once when the browser has a network.
 */
export const useOnDemand = <T>(source: OnDemand<T>, wanted: boolean, onFail: () => void): T | null => {
  const [, draw] = useReducer((n: number) => n + 1, 0)
  const failed = useEffectEvent(onFail)
  // As it was drawn: what comes between that and the effect has to be drawn, too.
  const isThere = source.get() !== null
  useEffect(() => {
    if (!wanted || isThere) return
    let waits = true
    let told = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = () => {
      clearTimeout(timer)
      source.load().then(
        () => waits && draw(),
        () => {
          if (!waits) return
          timer = setTimeout(load, RETRY_MS)
          if (!told) failed()
          told = true
        },
      )
    }
    load()
    window.addEventListener("online", load)
    return () => {
      waits = false
      clearTimeout(timer)
      window.removeEventListener("online", load)
    }
  }, [source, wanted, isThere])
  return source.get()
}

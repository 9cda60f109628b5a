"use client"
import type { GuildSnapshot, Snowflake } from "@hearth/core"
import type { Glow } from "@hearth/ui"
import { useEffect, useSyncExternalStore } from "react"
import { useGateway } from "../gateway/index.ts"
import { createGlow, type GlowStore } from "./glow.ts"

// One a gateway client, that is one a tab: every row reads the same.
const stores = new WeakMap<object, GlowStore>()

const useStore = (): GlowStore => {
  const client = useGateway()
  let store = stores.get(client)
  if (!store) {
    store = createGlow(() => client.snapshot()?.heads ?? {})
    stores.set(client, store)
  }
  return store
}

/** Keeps the glow going: once, in the shell. */
export const useGlowKeeper = (): void => {
  const client = useGateway()
  const store = useStore()
  useEffect(() => {
    const off = client.subscribe(store.look)
    const timer = setInterval(store.settle, 10_000)
    return () => {
      off()
      clearInterval(timer)
    }
  }, [client, store])
}

const quiet = (): Glow => 0

export const useGlow = (channelId: Snowflake): Glow => {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, () => store.get(channelId), quiet)
}

/** A server is as lively as its liveliest channel. */
export const useGuildGlow = ({ channels }: GuildSnapshot): Glow => {
  const store = useStore()
  return useSyncExternalStore(
    store.subscribe,
    () => channels.reduce<Glow>((most, c) => (store.get(c.id) > most ? store.get(c.id) : most), 0),
    quiet,
  )
}

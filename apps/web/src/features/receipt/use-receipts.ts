"use client"
import type { PersonReceipt, Snowflake } from "@hearth/core"
import { useCallback, useSyncExternalStore } from "react"
import type { GatewayClient } from "../gateway/gateway-client.ts"
import { useBootstrap, useGateway } from "../gateway/provider.tsx"
import { useServices } from "../message/services.tsx"
import { trpc } from "../trpc/client.ts"
import { type Mark, marksOf } from "./marks.ts"
import { createReceipts, type ReceiptsStore } from "./receipts.ts"

const stores = new WeakMap<GatewayClient, ReceiptsStore>()

/** One for each connection. */
const useStore = (): ReceiptsStore => {
  const client = useGateway()
  const known = stores.get(client)
  if (known) return known
  const list = async (conversationId: Snowflake) => (await trpc.receipt.list.query({ conversationId })).items
  const store = createReceipts({ client, list })
  stores.set(client, store)
  return store
}

/** How far the others have a conversation; null as long as that is not known. */
export const useReceipts = (conversationId: Snowflake): readonly PersonReceipt[] | null => {
  const store = useStore()
  const subscribe = useCallback((f: () => void) => store.watch(conversationId, f), [store, conversationId])
  const read = useCallback(() => store.of(conversationId), [store, conversationId])
  return useSyncExternalStore(subscribe, read, read)
}

/** What stands beside that message, which is the reader's own. Nothing in the past: what is newest there is not the newest. */
export const useMark = (conversationId: Snowflake, seq: number, isGroup: boolean): Mark | null => {
  const store = useStore()
  const { history } = useServices()
  const me = useBootstrap((b) => b.me.id)
  const subscribe = useCallback(
    (f: () => void) => {
      const offs = [history.subscribe(conversationId, f), store.watch(conversationId, f)]
      return () => {
        for (const off of offs) off()
      }
    },
    [history, store, conversationId],
  )
  const read = useCallback(() => {
    const people = store.of(conversationId)
    const { view, detached } = history.state(conversationId)
    if (!people || detached || !view.live) return null
    return marksOf(view.messages, me, people, isGroup).get(seq) ?? null
  }, [history, store, conversationId, me, isGroup, seq])
  return useSyncExternalStore(subscribe, read, read)
}

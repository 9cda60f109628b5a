import type { AppError, Message, OpenedThread, Snowflake, Thread } from "@hearth/core"
import { useCallback, useEffect, useState } from "react"
import { type GatewayClient, useGateway } from "../gateway/index.ts"
import { useMessage, useServices } from "../message/services.tsx"
import { toAppError, trpc } from "../trpc/client.ts"

/** Asks at once, with a connection or without, and again whenever one is back. */
const askNow = (client: GatewayClient, ask: () => void): (() => void) => {
  if (client.connection().status !== "online") ask()
  return client.onOnline(ask)
}

export interface ThreadState {
  thread: OpenedThread | null
  error: AppError | null
  again: () => void
}

/** Where a thread hangs, asked when it is opened; what did not load, again when the connection is back. */
export const useThread = (threadId: Snowflake): ThreadState => {
  const client = useGateway()
  const [state, setState] = useState<{ thread: OpenedThread | null; error: AppError | null }>({
    thread: null,
    error: null,
  })
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let waits = true
    const ask = () => {
      if (!waits) return
      trpc.thread.get.query({ threadId }).then(
        (thread) => {
          if (waits) setState({ thread, error: null })
          waits = false
        },
        (error: unknown) => waits && setState((old) => ({ ...old, error: toAppError(error) })),
      )
    }
    const off = askNow(client, ask)
    return () => {
      waits = false
      off()
    }
  }, [client, threadId, tries])
  const again = useCallback(() => {
    setState((old) => ({ ...old, error: null }))
    setTries((n) => n + 1)
  }, [])
  return { ...state, again }
}

/** The message that a thread hangs on: as the channel beside it has it, or asked for when it is not loaded there. */
export const useRoot = ({ channelId, seq }: Thread): Message | null => {
  const held = useMessage(channelId, seq)
  const { users } = useServices()
  const client = useGateway()
  const [read, setRead] = useState<Message | null>(null)
  // What the channel drops from what it keeps stands as it was last.
  if (held && held.mver > (read?.mver ?? -1)) setRead(held)
  const isHeld = held !== undefined
  useEffect(() => {
    if (isHeld) return
    let waits = true
    const take = (messages: readonly Message[]) => {
      const message = messages.find((m) => m.seq === seq)
      if (waits && message) setRead((old) => (old && old.mver > message.mver ? old : message))
    }
    const ask = () =>
      void trpc.message.page.query({ channelId, after: seq - 1, limit: 1 }).then(
        ({ page, users: cards }) => {
          users.add(cards)
          take(page.messages)
        },
        () => {
          // The thread is there without it; the channel beside it says what is wrong.
        },
      )
    // The channel beside it is open: what changes is told, edits and deletes, too.
    const offChanged = client.on("channel:changed", (packets) =>
      take(packets.flatMap((p) => (p.channelId === channelId ? p.items : []))),
    )
    const off = askNow(client, ask)
    return () => {
      waits = false
      offChanged()
      off()
    }
  }, [client, channelId, seq, isHeld, users])
  return held ?? read
}

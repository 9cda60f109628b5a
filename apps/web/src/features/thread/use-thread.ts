import type { AppError, Message, OpenedThread, Snowflake, Thread } from "@hearth/core"
import { useCallback, useEffect, useState } from "react"
import { useMessage, useServices } from "../message/services.tsx"
import { toAppError, trpc } from "../trpc/client.ts"

export interface ThreadState {
  thread: OpenedThread | null
  error: AppError | null
  again: () => void
}

/** Where a thread hangs, asked when it is opened. */
export const useThread = (threadId: Snowflake): ThreadState => {
  const [state, setState] = useState<{ thread: OpenedThread | null; error: AppError | null }>({
    thread: null,
    error: null,
  })
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let waits = true
    trpc.thread.get.query({ threadId }).then(
      (thread) => waits && setState({ thread, error: null }),
      (error: unknown) => waits && setState((old) => ({ ...old, error: toAppError(error) })),
    )
    return () => {
      waits = false
    }
  }, [threadId, tries])
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
  const [read, setRead] = useState<Message | null>(null)
  const isHeld = held !== undefined
  useEffect(() => {
    if (isHeld) return
    let waits = true
    trpc.message.page.query({ channelId, after: seq - 1, limit: 1 }).then(
      ({ page, users: cards }) => {
        users.add(cards)
        const [message] = page.messages
        if (waits && message?.seq === seq) setRead(message)
      },
      () => {
        // The thread is there without it; the channel beside it says what is wrong.
      },
    )
    return () => {
      waits = false
    }
  }, [channelId, seq, isHeld, users])
  return held ?? read
}

import type { Snowflake } from "@hearth/core"
import { useState } from "react"
import { useBootstrap, useUnread } from "../gateway/provider.tsx"

/**
 * Where "New since" stands: after what was read when the reader came, or looked away. Null while nothing is new. `readUpTo`: of a
 * thread, of which the snapshot knows it only once it has moved.
 */
export const useNewAfter = (channelId: Snowflake, head: number, focused: boolean, readUpTo?: number) => {
  const lastRead = useBootstrap(
    (b) =>
      b.readStates.find((r) => r.channelId === channelId)?.lastReadSeq ?? b.threadReads?.[channelId] ?? readUpTo ?? 0,
  )
  // A channel that was open before shows what is kept of it at first: what came since is only counted then.
  const { unread } = useUnread(channelId)
  const isThread = readUpTo !== undefined
  const wasRead = isThread ? Math.min(readUpTo, lastRead) : lastRead
  // Who comes to a thread for the first time finds it whole, not new.
  const isNew = isThread ? wasRead > 0 && head > wasRead : unread || head > lastRead
  const [newAfter, setNewAfter] = useState<number | null>(isNew ? wasRead : null)
  const [looks, setLooks] = useState(focused)
  const [known, setKnown] = useState(lastRead)
  if (known !== lastRead) {
    setKnown(lastRead)
    // Set back, here or on another device.
    if (lastRead < known) setNewAfter(lastRead)
  }
  if (looks !== focused) {
    setLooks(focused)
    if (!focused) {
      // Who has not come to the end of a thread keeps the line that they have, or none.
      if (!isThread || wasRead > 0 || head === 0) setNewAfter(wasRead)
    } else if (newAfter !== null && head <= newAfter) setNewAfter(null)
  }
  return [newAfter, setNewAfter] as const
}

import type { Snowflake } from "@hearth/core"
import { useEffect } from "react"
import { useBootstrap, useReadMarks } from "../gateway/provider.tsx"
import { hasUnreadThread } from "../thread/unread-threads.ts"

/** What is seen is read: up to `seen`, if the reader `isThere`. Once more when it is told as unread only after that, as threads may be. */
export const useMarkRead = (channelId: Snowflake, seen: number, isThere: () => boolean): void => {
  const readMarks = useReadMarks()
  const isTold = useBootstrap((b) => hasUnreadThread(b, "id", channelId))
  useEffect(() => {
    if (seen > 0 && isThere()) readMarks.mark(channelId, seen)
  }, [readMarks, channelId, seen, isThere, isTold])
  useEffect(() => () => readMarks.release(channelId), [readMarks, channelId])
}
